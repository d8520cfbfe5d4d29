import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RedisConnection } from '../../src/stores/redis/redis-connection.js';
import { recordedLog } from '../harness/recorded-log.js';
import { redisCommand } from '../harness/redis-command.js';
import { describeWithRedis, RedisProcess } from '../harness/redis-process.js';
import { redisSettings } from '../harness/redis-settings.js';
import { until } from '../harness/until.js';

const PX = { expiration: { type: 'PX', value: 60_000 } } as const;

describeWithRedis('a password in a file', () => {
  let server: RedisProcess;
  let redis: RedisConnection;
  let log: ReturnType<typeof recordedLog>;
  const password = (text: string) => writeFileSync(join(server.folder, 'password'), `${text}\n`);
  const acl = (...rules: string[]) => redisCommand(server, 'ACL', 'SETUSER', 'gateway', ...rules);
  const cut = () => redisCommand(server, 'CLIENT', 'KILL', 'USER', 'gateway');
  const write = () => redis.run((client) => client.set('key', 'value', PX)).catch(() => 'unavailable');
  const connections = async () =>
    String(await redisCommand(server, 'CLIENT', 'LIST')).match(/ user=gateway /g)?.length ?? 0;

  beforeEach(async () => {
    server = await RedisProcess.start();
    await acl('on', '>first', '~wpg:*', '+@all');
    password('first');
    log = recordedLog();
    const env = {
      REDIS_URL: server.url,
      REDIS_USERNAME: 'gateway',
      REDIS_PASSWORD_FILE: join(server.folder, 'password'),
    };
    redis = new RedisConnection({ settings: redisSettings(env), log: log.log, maxNear: 10 });
    await redis.ready();
  });
  afterEach(async () => {
    await redis.close();
    await server.stop();
  });

  test('is rotated without a restart: the next connection has the new one', async () => {
    await acl('>second');
    password('second');
    await acl('<first');
    expect(await write()).toBe('OK');
    await cut();
    await until(write, (answer) => answer === 'OK');
    await until(connections, (count) => count === 1);
  });

  test('that is changed in Redis first: down with WRONGPASS, once, and back when the file has it too', async () => {
    await acl('>second', '<first');
    await cut();
    // The connection may be seen to be lost before the next one is refused.
    await until(
      () => log.lines.join(''),
      (lines) => lines.includes('"reason":"WRONGPASS"'),
    );
    expect(redis.isAlive()).toBe(false);
    password('second');
    await until(write, (answer) => answer === 'OK');
    expect(log.lines.filter((line) => line.includes('WRONGPASS'))).toHaveLength(1);
    expect(log.lines.join('')).not.toMatch(/first|second/);
  });
});
