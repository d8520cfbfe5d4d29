import { RedisConnection } from '../../src/stores/redis/redis-connection.js';
import { recordedLog } from '../harness/recorded-log.js';
import { redisSettings } from '../harness/redis-settings.js';
import { describeWithRedis, RedisProcess } from '../harness/redis-process.js';

/** What is logged while a connection to this URL is tried. */
async function loggedFor(url: string): Promise<string> {
  const { log, lines } = recordedLog();
  const redis = new RedisConnection({ settings: redisSettings(url), log, maxNear: 10 });
  await redis.ready();
  await redis.close();
  return lines.join('');
}

test('a Redis that is not there is logged at the start, with the reason', async () => {
  const logged = await loggedFor('redis://:password-1@127.0.0.1:1');
  expect(logged).toContain('Redis is out of reach');
  expect(logged).toContain('"reason":"ECONNREFUSED"');
  expect(logged).not.toContain('password-1');
});

describeWithRedis('with a password', () => {
  test('a wrong one is logged as such, and not what it was', async () => {
    const server = await RedisProcess.start(['--save', '', '--requirepass', 'right-password']);
    const logged = await loggedFor(`redis://:wrong-password@127.0.0.1:${server.port}`);
    await server.stop();
    expect(logged).toContain('"reason":"WRONGPASS"');
    expect(logged).not.toContain('wrong-password');
  });
});
