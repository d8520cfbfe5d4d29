import { sessionKeyFingerprint } from '../../src/crypto/fingerprint.js';
import { failuresName } from '../../src/stores/redis/key-names.js';
import { RedisFailureBudget } from '../../src/stores/redis/redis-failure-budget.js';
import { sessionKey, user } from '../harness/people.js';
import { redisAtHand } from '../harness/redis-at-hand.js';
import { describeWithRedis, RedisProcess } from '../harness/redis-process.js';

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

  /** Counts a failure, lets its window pass, and takes it back only then, whatever `meanwhile` does. */
  async function takeBackLate(meanwhile: (fail: () => Promise<unknown>) => Promise<void>): Promise<number> {
    const hand = await redisAtHand(server);
    const name = failuresName(user('alice'), sessionKeyFingerprint(sessionKey('a')));
    const budget = new RedisFailureBudget({ redis: hand.redis, limit: 3, window: 60_000 });
    const fail = () => budget.attempt(user('alice'), [sessionKey('a')], () => undefined);
    const windows = await hand.redis.run((client) => client.reserveFailures([name], ['3', '60000']));
    await hand.advance(60_000);
    await meanwhile(fail);
    await hand.redis.run((client) => client.giveFailuresBack([name], windows as string[]));
    const after = await Promise.all([fail(), fail(), fail(), fail()]);
    await hand.close();
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

  test('a count that is taken back leaves nothing, in time and late', async () => {
    const hand = await redisAtHand(server);
    const name = failuresName(user('alice'), sessionKeyFingerprint(sessionKey('a')));
    const windows = await hand.redis.run((client) => client.reserveFailures([name], ['3', '60000']));
    for (let times = 0; times < 2; times += 1) {
      await hand.redis.run((client) => client.giveFailuresBack([name], windows as string[]));
      expect(await hand.redis.run((client) => client.exists(name))).toBe(0);
    }
    await hand.close();
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
