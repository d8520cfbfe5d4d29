import { StoreSeal } from '../../src/crypto/store-seal.js';
import { Neighbours } from '../../src/stores/redis/neighbours.js';
import { RedisConnection } from '../../src/stores/redis/redis-connection.js';
import { StoreUnavailable } from '../../src/stores/store-unavailable.js';
import { recordedLog } from '../harness/recorded-log.js';
import { redisCommand } from '../harness/redis-command.js';
import { describeWithRedis, RedisProcess } from '../harness/redis-process.js';
import { redisSettings } from '../harness/redis-settings.js';

const WEEK = 604_800_000;
const key = (id: string, byte: number) => ({ id, key: Buffer.alloc(32, byte) });

describeWithRedis('gateways that share a Redis', () => {
  let server: RedisProcess;
  const open: RedisConnection[] = [];
  beforeAll(async () => {
    server = await RedisProcess.start();
  });
  afterAll(() => server.stop());
  beforeEach(() => redisCommand(server, 'FLUSHALL'));
  afterEach(() => Promise.all(open.splice(0).map((redis) => redis.close())));

  async function gateway(keys: readonly [ReturnType<typeof key>, ...ReturnType<typeof key>[]], prefix = 'wpg:') {
    const { log, lines } = recordedLog();
    const seal = new StoreSeal(keys, prefix);
    const neighbours = new Neighbours({ seal, log, keep: WEEK });
    const settings = redisSettings({ REDIS_URL: server.url, REDIS_KEY_PREFIX: prefix });
    const redis = new RedisConnection({ settings, log, maxNear: 1, neighbours });
    open.push(redis);
    await redis.ready();
    return { redis, lines, seal };
  }

  test('with the same keys, or after a rotation of them, they serve', async () => {
    const [a, b] = [key('a', 1), key('b', 2)] as const;
    for (const keys of [[a], [a, b], [b, a], [b]] as const) {
      expect((await gateway(keys)).redis.isAlive()).toBe(true);
    }
    expect(Number(await redisCommand(server, 'PTTL', 'wpg:marker'))).toBeGreaterThan(WEEK - 60_000);
  });

  test('with other keys under the same prefix, the second one serves nothing and says why', async () => {
    await gateway([key('a', 1)]);
    const second = await gateway([key('a', 2)]);
    expect(second.redis.isAlive()).toBe(false);
    await expect(second.redis.read('session:x')).rejects.toThrow(StoreUnavailable);
    expect(() => second.redis.near('session:x', String)).toThrow(StoreUnavailable);
    await expect(second.redis.run((client) => client.del('ring:x'))).rejects.toThrow(StoreUnavailable);
    expect(second.lines.filter((line) => line.includes('"reason":"FOREIGN_KEYS"'))).toHaveLength(1);
    expect(second.lines.filter((line) => line.includes('out of reach'))).toEqual([]);
    expect(second.seal.unopened).toBeGreaterThan(0);
  });

  test('with other keys under another prefix, both serve', async () => {
    await gateway([key('a', 1)]);
    expect((await gateway([key('a', 2)], 'stage:')).redis.isAlive()).toBe(true);
    expect(await redisCommand(server, 'EXISTS', 'wpg:marker', 'stage:marker')).toBe(2);
  });

  test('a record that is copied to another prefix does not open', () => {
    const [here, there] = ['wpg:', 'stage:'].map((prefix) => new StoreSeal([key('a', 1)], prefix));
    expect(there?.open('ring:x', here?.seal('ring:x', 'text') ?? '')).toBeUndefined();
    expect(there?.unopened).toBe(1);
  });
});
