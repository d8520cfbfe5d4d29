import { storeKey } from '../harness/fleet.js';
import { redisCommand } from '../harness/redis-command.js';
import { describeWithRedis, RedisProcess } from '../harness/redis-process.js';
import { runGateway } from '../harness/running-gateway.js';

describeWithRedis('with Redis', () => {
  test('a key ring is kept for SESSION_ABSOLUTE_SECONDS after the last login, whatever becomes of the sessions', async () => {
    const redis = await RedisProcess.start();
    const running = await runGateway({
      WEIXIN_SIMULATOR: 'on',
      REDIS_URL: redis.url,
      STORE_KEYS: storeKey('a'),
      SESSION_IDLE_SECONDS: '60',
      SESSION_ABSOLUTE_SECONDS: '86400',
    });
    try {
      const client = await running.loggedIn('alice');
      expect(await client.logout()).toMatchObject({ __typename: 'LogoutSuccess' });
      const [ring, ...others] = (await redisCommand(redis, 'KEYS', 'wpg:user:*')) as string[];
      expect(others).toEqual([]);
      const left = Number(await redisCommand(redis, 'PTTL', String(ring)));
      expect(left).toBeGreaterThan(86_400_000 - 60_000);
      expect(left).toBeLessThanOrEqual(86_400_000);
    } finally {
      await running.gateway.stop();
      await redis.stop();
    }
  });
});
