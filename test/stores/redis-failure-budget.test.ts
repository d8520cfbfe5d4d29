import { keyName } from '../../src/stores/redis/user-record.js';
import { failuresName, userName } from '../../src/stores/redis/key-names.js';
import { RedisFailureBudget } from '../../src/stores/redis/redis-failure-budget.js';
import type { SessionKey } from '../../src/domain/session-key.js';
import { StoreUnavailable } from '../../src/stores/store-unavailable.js';
import { learnedKey, sessionKey, sessionKeyText, user } from '../harness/people.js';
import { redisAtHand } from '../harness/redis-at-hand.js';
import { redisUsers } from '../harness/redis-users.js';
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
  const RECORD = userName(user('alice'));
  const KEY = keyName(sessionKey('a'));
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
        const [state, , opened = ''] = await redis.run((client) => client.reserveFailures([NAME, RECORD], args));
        return { state, opened };
      },
      giveBack: (opened: string) => redis.run((client) => client.settleFailures([NAME], [KEY, opened, '1'])),
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

  test('a count that is taken back leaves nothing', async () => {
    const at = await atHand();
    const { opened } = await at.reserve();
    await at.giveBack(opened);
    expect(await at.command('EXISTS', `wpg:${NAME}`)).toBe(0);
    await at.giveBack(opened);
    expect(await at.command('EXISTS', `wpg:${NAME}`)).toBe(0);
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
    await hand.redis.near('a key that is tracked', String);
    const before = await tracked();
    const budget = new RedisFailureBudget({ redis: hand.redis, limit: 3, window: 60_000 });
    await budget.attempt(user('alice'), [sessionKey('a'), sessionKey('b')], () => undefined);
    await budget.attempt(user('alice'), [sessionKey('a')], () => 'opened');
    expect(before).toBe('1');
    expect(await tracked()).toBe(before);
    await hand.close();
  });

  describe('for keys that are still under way', () => {
    /** A user with the keys that these logins brought, one after the other. */
    async function withKeys(...names: string[]) {
      const hand = await redisAtHand(server);
      const { sessions, rings } = redisUsers(hand.redis);
      for (const [i, name] of names.entries()) {
        await sessions.create({ ...user('alice'), unionId: null }, learnedKey(name, 1_000 * i));
      }
      const budget = new RedisFailureBudget({ redis: hand.redis, limit: 2, window: 60_000 });
      const ring = async () => (await rings.find(user('alice'))).map(({ key }) => key);
      const calls = async (name: string) =>
        Number(
          new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(String(await hand.command('INFO', 'commandstats')))?.[1],
        );
      return { ...hand, budget, ring, calls };
    }

    test('a failure of each key of the ring is reserved in one question, however many keys there were before', async () => {
      const at = await withKeys('a', 'b', 'c', 'd', 'e', 'f', 'b');
      const keys = await at.ring();
      const before = await at.calls('evalsha');
      let tried: readonly unknown[] = [];
      await at.budget.attempt(user('alice'), at.ring(), (free) => {
        tried = free;
        return undefined;
      });
      await at.redis.run((client) => client.ping());
      // The question and its settlement; the ring is near.
      expect((await at.calls('evalsha')) - before).toBe(2);
      expect(tried).toEqual(keys);
      expect(keys.map((key) => key.revealText())).toEqual(['b', 'f', 'e'].map(sessionKeyText));
      for (const key of keys) {
        const once = await at.budget.attempt(user('alice'), [key], () => undefined);
        const twice = await at.budget.attempt(user('alice'), [key], () => undefined);
        expect([once.granted, twice.granted]).toEqual([true, false]);
      }
      await at.close();
    });

    test('that are others than those on record, the right ones are reserved, and only they are charged', async () => {
      const at = await withKeys('a');
      const other = Promise.resolve([sessionKey('other')]);
      const fail = (keys: Promise<SessionKey[]>) => at.budget.attempt(user('alice'), keys, () => undefined);
      expect([(await fail(other)).granted, (await fail(other)).granted, (await fail(other)).granted]).toEqual([
        true,
        true,
        false,
      ]);
      expect([(await fail(at.ring())).granted, (await fail(at.ring())).granted]).toEqual([true, true]);
      expect((await fail(at.ring())).granted).toBe(false);
      await at.close();
    });

    test('that are more than those on record, all are tried', async () => {
      const at = await withKeys('a');
      const keys = ['a', 'other'].map(sessionKey);
      let tried: readonly unknown[] = [];
      await at.budget.attempt(user('alice'), Promise.resolve(keys), (free) => (tried = free));
      expect(tried).toEqual(keys);
      await at.close();
    });

    test('and never come, nothing is charged, and their error is thrown', async () => {
      const at = await withKeys('a');
      const lost = new StoreUnavailable('lost');
      for (let i = 0; i < 5; i += 1) {
        const attempt = at.budget.attempt(user('alice'), Promise.reject(lost), () => 'opened');
        await expect(attempt).rejects.toBe(lost);
      }
      expect(await at.budget.attempt(user('alice'), at.ring(), () => 'opened')).toEqual({
        granted: true,
        value: 'opened',
      });
      await at.close();
    });

    test('spent ones are spent, and other ones of the user are not', async () => {
      const at = await withKeys('a');
      const fail = () => at.budget.attempt(user('alice'), at.ring(), () => undefined);
      expect([(await fail()).granted, (await fail()).granted, (await fail()).granted]).toEqual([true, true, false]);
      // A process that has not heard of it yet.
      const another = new RedisFailureBudget({ redis: at.redis, limit: 2, window: 60_000 });
      const other = await another.attempt(user('alice'), Promise.resolve([sessionKey('other')]), () => 'opened');
      expect(other).toEqual({ granted: true, value: 'opened' });
      await at.close();
    });
  });
});
