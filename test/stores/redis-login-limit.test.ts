import { RedisLoginLimit } from '../../src/stores/redis/redis-login-limit.js';
import { StoreUnavailable } from '../../src/stores/store-unavailable.js';
import { redisAtHand } from '../harness/redis-at-hand.js';
import { describeWithRedis, RedisProcess } from '../harness/redis-process.js';

describeWithRedis('a login while a server of a Cluster is lost', () => {
  let server: RedisProcess;
  beforeAll(async () => {
    server = await RedisProcess.start();
  });
  afterAll(() => server.stop());

  test('is not let through: its code would be spent at Weixin, and its session could not be written', async () => {
    const hand = await redisAtHand(server);
    const { redis } = hand;
    const limit = new RedisLoginLimit({ redis, perAddress: 10, perApp: 10, window: 60_000 });
    const isAlive = jest.spyOn(redis, 'isAlive').mockReturnValue(false);
    await expect(limit.count('192.0.2.1', 'wx1')).rejects.toThrow(StoreUnavailable);
    expect(await hand.command('DBSIZE')).toBe(0);
    isAlive.mockRestore();
    expect(await limit.count('192.0.2.1', 'wx1')).toMatchObject({ admitted: true });
    await hand.close();
  });
});
