import { sessionKeyFingerprint } from '../../src/crypto/fingerprint.js';
import { failuresName } from '../../src/stores/redis/key-names.js';
import { RedisFailureBudget } from '../../src/stores/redis/redis-failure-budget.js';
import { sessionKey, user } from '../harness/people.js';
import { redisAtHand } from '../harness/redis-at-hand.js';
import { describeWithRedis, RedisProcess } from '../harness/redis-process.js';

/** The stores of some processes, one after the other. */
function nth<T>(stores: readonly T[], i: number): T {
  const store = stores[i % stores.length];
  if (store === undefined) throw new RangeError('There is no store.');
  return store;
}

describeWithRedis('RedisFailureBudget', () => {
  let server: RedisProcess;
  beforeAll(async () => {
    server = await RedisProcess.start();
  });
  afterAll(() => server.stop());

  /** Tries this many documents of one key at once; tells how many were granted a try. */
  async function tryAtOnce(documents: number, areRight: boolean): Promise<number> {
    const hand = await redisAtHand(server);
    const budget = new RedisFailureBudget({ redis: hand.redis, limit: 3, window: 60_000 });
    const granted = await Promise.all(
      Array.from({ length: documents }, async () => {
        const open = () => (areRight ? 'opened' : undefined);
        return (await budget.attempt(user('alice'), [sessionKey('a')], open)).granted;
      }),
    );
    await hand.close();
    return granted.filter(Boolean).length;
  }

  test('right documents at once are all granted, though each is counted before it is tried', async () => {
    expect(await tryAtOnce(50, true)).toBe(50);
  });

  test('wrong ones at once are granted as often as the limit says', async () => {
    expect(await tryAtOnce(50, false)).toBe(3);
  });

  test.each([1, 20])(
    '300 right documents at once over two processes are all granted, with %d failures allowed',
    async (limit) => {
      const hands = await Promise.all([redisAtHand(server), redisAtHand(server)]);
      const budgets = hands.map(({ redis }) => new RedisFailureBudget({ redis, limit, window: 60_000 }));
      const attempts = Array.from({ length: 300 }, (_, i) =>
        nth(budgets, i).attempt(user('alice'), [sessionKey('a')], () => 'opened'),
      );
      expect(await Promise.all(attempts)).toEqual(attempts.map(() => ({ granted: true, value: 'opened' })));
      await Promise.all(hands.map((hand) => hand.close()));
    },
  );

  test('300 wrong documents at once over two processes are tried as often as the limit says', async () => {
    const hands = await Promise.all([redisAtHand(server), redisAtHand(server)]);
    const budgets = hands.map(({ redis }) => new RedisFailureBudget({ redis, limit: 3, window: 60_000 }));
    let tries = 0;
    const attempts = Array.from({ length: 300 }, (_, i) =>
      nth(budgets, i).attempt(user('alice'), [sessionKey('a')], () => {
        tries += 1;
        return undefined;
      }),
    );
    const granted = (await Promise.all(attempts)).filter((attempt) => attempt.granted);
    expect([tries, granted.length]).toEqual([3, 3]);
    await Promise.all(hands.map((hand) => hand.close()));
  });

  const NAME = failuresName(user('alice'));
  const KEY = sessionKeyFingerprint(sessionKey('a'));
  const LEASE = 1_000;

  /** The commands of a process that has nothing but a hand on Redis. */
  async function atHand(limit = 3) {
    const hand = await redisAtHand(server);
    const { redis } = hand;
    const budget = new RedisFailureBudget({ redis, limit, window: 60_000 });
    return {
      ...hand,
      fail: () => budget.attempt(user('alice'), [sessionKey('a')], () => undefined),
      succeed: () => budget.attempt(user('alice'), [sessionKey('a')], () => 'opened'),
      reserve: async () => {
        const args = [redis.now(), limit, 60_000, LEASE, KEY].map(String);
        const [state, opened = ''] = await redis.run((client) => client.reserveFailures([NAME], args));
        return { state, opened };
      },
      giveBack: (opened: string) => redis.run((client) => client.settleFailures([NAME], ['1', KEY, opened])),
    };
  }

  test('a reservation whose process died counts as a failure once its lease has ended', async () => {
    const at = await atHand(1);
    expect((await at.reserve()).state).toBe('granted');
    expect((await at.reserve()).state).toBe('busy');
    // It asks again until then, and is told that the failure stays.
    expect(await at.fail()).toMatchObject({ granted: false });
    expect((await at.reserve()).state).toBe('spent');
    await at.close();
  });

  test('a try waits for the reservation of another process, and is made when that is given back', async () => {
    const at = await atHand(1);
    const { opened } = await at.reserve();
    const waiting = at.succeed();
    await at.giveBack(opened);
    expect(await waiting).toEqual({ granted: true, value: 'opened' });
    await at.close();
  });

  /** Counts a failure, lets its window pass, and takes it back only then, whatever `meanwhile` does. */
  async function takeBackLate(meanwhile: (fail: () => Promise<unknown>) => Promise<void>): Promise<number> {
    const at = await atHand();
    const { opened } = await at.reserve();
    await at.advance(60_000);
    await meanwhile(at.fail);
    await at.giveBack(opened);
    const after = await Promise.all([at.fail(), at.fail(), at.fail(), at.fail()]);
    await at.close();
    return after.filter(({ granted }) => granted).length;
  }

  test('what is taken back from an old window does not refill a new one', async () => {
    const spent = takeBackLate(async (fail) => {
      for (let i = 0; i < 3; i += 1) await fail();
    });
    expect(await spent).toBe(0);
  });

  test('what is taken back late does not refill a window that starts after it', async () => {
    expect(await takeBackLate(async () => undefined)).toBe(3);
  });

  test('a count that is taken back leaves no failure, and nothing that never ends', async () => {
    const at = await atHand();
    const { opened } = await at.reserve();
    await at.giveBack(opened);
    expect(await at.command('HKEYS', NAME)).toEqual(['lease']);
    expect(Number(await at.command('PTTL', NAME))).toBeGreaterThan(0);
    await at.command('DEL', NAME);
    await at.giveBack(opened);
    expect(await at.command('EXISTS', NAME)).toBe(0);
    await at.close();
  });

  test('documents at once of one user ask Redis twice each, and forgeries no more often than the limit has it', async () => {
    const at = await atHand();
    const calls = async () =>
      Number(/cmdstat_evalsha:calls=(\d+)/.exec(String(await at.command('INFO', 'commandstats')))?.[1] ?? 0);
    const asked = async (work: () => Promise<unknown>) => {
      await work();
      const before = await calls();
      await Promise.all(Array.from({ length: 50 }, work));
      return (await calls()) - before;
    };
    expect(await asked(at.succeed)).toBeLessThanOrEqual(101);
    // Three tries, each with its settlement, and the refusal.
    expect(await asked(at.fail)).toBeLessThanOrEqual(7);
    await at.close();
  });

  test('Redis does not track counts for the near copies, so that no try is followed by an invalidation', async () => {
    const hand = await redisAtHand(server);
    const tracked = async () =>
      /^tracking_total_keys:(\d+)/m.exec(await hand.redis.run((client) => client.info('stats')))?.[1];
    await hand.redis.near('a key that is tracked');
    const before = await tracked();
    const budget = new RedisFailureBudget({ redis: hand.redis, limit: 3, window: 60_000 });
    await budget.attempt(user('alice'), [sessionKey('a'), sessionKey('b')], () => undefined);
    await budget.attempt(user('alice'), [sessionKey('a')], () => 'opened');
    expect(before).toBe('1');
    expect(await tracked()).toBe(before);
    await hand.close();
  });
});
