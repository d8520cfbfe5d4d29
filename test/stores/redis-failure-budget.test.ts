import { fingerprint } from '../../src/crypto/fingerprint.js';
import { RedisFailureBudget } from '../../src/stores/redis/redis-failure-budget.js';
import { user } from '../harness/people.js';
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
        const reservation = await budget.reserve(user('alice'), [fingerprint('session-key', 'a')]);
        if (reservation.granted && areRight) await reservation.giveBack();
        return reservation.granted;
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
});
