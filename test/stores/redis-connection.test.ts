import { setTimeout as delay } from 'node:timers/promises';
import { openPlain } from '../../src/stores/redis/node-client.js';
import { RedisConnection } from '../../src/stores/redis/redis-connection.js';
import { StoreUnavailable } from '../../src/stores/store-unavailable.js';
import { recordedLog } from '../harness/recorded-log.js';
import { redisCommand } from '../harness/redis-command.js';
import { RedisLine } from '../harness/redis-line.js';
import { redisSettings } from '../harness/redis-settings.js';
import { describeWithRedis, RedisProcess } from '../harness/redis-process.js';
import { until } from '../harness/until.js';

/** Milliseconds: some tests wait until a connection is given up. */
jest.setTimeout(20_000);

describeWithRedis('a connection to Redis', () => {
  let server: RedisProcess;
  let line: RedisLine;
  let redis: RedisConnection;
  beforeAll(async () => {
    server = await RedisProcess.start();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await redisCommand(server, 'FLUSHALL');
    await redisCommand(server, 'SET', 'wpg:key', 'value');
    line = await RedisLine.to(server);
    redis = new RedisConnection({ settings: redisSettings(line.url), log: recordedLog().log, maxNear: 100 });
    await redis.ready();
  });
  afterEach(async () => {
    await redis.close();
    await line.close();
  });

  const near = async () => {
    try {
      return await redis.near('key', (value) => value ?? undefined);
    } catch {
      return 'unavailable';
    }
  };

  test.each([
    ['DEL', ['DEL', 'wpg:key']],
    ['FLUSHALL', ['FLUSHALL']],
  ])('a value read just before %s leaves no near copy', async (_name, command) => {
    line.hold();
    const read = near();
    // The answer is on the way when the key goes, and its invalidation comes in the same piece.
    await until(
      () => line.held,
      (held) => held > 0,
    );
    const before = line.held;
    await redisCommand(server, ...command);
    await until(
      () => line.held,
      (held) => held > before,
    );
    line.release();
    expect(await read).toBe('value');
    // What was held beside the answer may have been a heartbeat's: then the invalidation comes by itself, in a moment.
    await until(near, (answer) => answer === undefined);
  });

  test('an old answer, read late, is no sign that the line lives: a near copy is not served on it', async () => {
    expect(await near()).toBe('value');
    line.hold();
    // A heartbeat is answered, and then nothing comes through: neither that answer nor what follows it.
    await until(
      () => line.held,
      (held) => held > 0,
    );
    await delay(700);
    line.releaseSoFar();
    await redisCommand(server, 'DEL', 'wpg:key');
    const revokedAt = performance.now();
    let lastServedAt = 0;
    await until(
      async () => {
        const answer = await near();
        if (answer === 'value') lastServedAt = performance.now() - revokedAt;
        return answer;
      },
      (answer) => answer === 'unavailable',
    );
    expect(lastServedAt).toBeLessThan(600);
  });

  test('a near copy does not outlive its connection, for no invalidation came meanwhile', async () => {
    expect(await near()).toBe('value');
    line.isDead = true;
    line.cut();
    await until(near, (answer) => answer === 'unavailable');
    await redisCommand(server, 'DEL', 'wpg:key');
    line.isDead = false;
    const { value } = await until(near, (answer) => answer !== 'unavailable');
    expect(value).toBeUndefined();
  });

  test('a near copy answers no other question, not even one that only reads', async () => {
    const list = () => redis.run((client) => client.zRange('list', 0, -1));
    const value = () => redis.run((client) => client.get('key'));
    await Promise.all([near(), list(), value()]);
    line.hold();
    expect(await near()).toBe('value');
    await expect(list()).rejects.toThrow(StoreUnavailable);
    await expect(value()).rejects.toThrow(StoreUnavailable);
  });

  test('keys that do not exist crowd no near copy out', async () => {
    expect(await near()).toBe('value');
    for (let i = 0; i < 200; i += 1) await redis.near(`made-up ${i}`, (value) => value ?? undefined);
    line.hold();
    expect(await near()).toBe('value');
  });

  test('a greeting that never comes does not keep the connection', async () => {
    line.isDead = true;
    line.cut();
    await until(near, (answer) => answer === 'unavailable');
    // It is connected again now, to nobody.
    await delay(500);
    line.isDead = false;
    await until(near, (answer) => answer === 'value', 8_000);
    expect(redis.isAlive()).toBe(true);
  });

  test('clients of other addresses share their class of commands, which takes long to build', async () => {
    const addresses = ['127.0.0.1', 'localhost'].map((host) => ({ host, port: server.port }));
    const opened = await Promise.all(addresses.map((address) => openPlain(redisSettings(server.url), address)));
    const [one, other] = opened.map(({ client }) => client.constructor);
    expect(one).toBe(other);
    for (const { client } of opened) client.destroy();
  });
});
