import { RedisConnection } from '../../src/stores/redis/redis-connection.js';
import { StoreUnavailable } from '../../src/stores/store-unavailable.js';
import { recordedLog } from '../harness/recorded-log.js';
import { takeSlots } from '../harness/redis-cluster.js';
import { redisCommand } from '../harness/redis-command.js';
import { RedisLine } from '../harness/redis-line.js';
import { describeWithRedis, RedisProcess } from '../harness/redis-process.js';
import { redisSettings } from '../harness/redis-settings.js';
import { until } from '../harness/until.js';

/** Milliseconds until writes work once a server takes them. */
const BACK_WITHIN = 3_000;
const PX = { expiration: { type: 'PX', value: 60_000 } } as const;

async function connected(env: string | Record<string, string>) {
  const { log, lines } = recordedLog();
  const redis = new RedisConnection({ settings: redisSettings(env), log, maxNear: 10 });
  await redis.ready();
  const write = () => redis.run((client) => client.set('key', 'value', PX)).catch((error: unknown) => error);
  const logged = () => lines.map((line) => JSON.parse(line) as { msg: string; reason?: string; command?: string });
  return { redis, write, logged };
}
type Connected = Awaited<ReturnType<typeof connected>>;

const up = ({ redis }: Connected) =>
  until(
    () => redis.isAlive(),
    (isAlive) => isAlive,
  );

describeWithRedis('what Redis refuses', () => {
  let server: RedisProcess;
  beforeAll(async () => {
    server = await RedisProcess.start();
  });
  afterAll(() => server.stop());

  test.each<[string, string[], string[]]>([
    ['OOM', ['CONFIG', 'SET', 'maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0']],
    ['NOREPLICAS', ['CONFIG', 'SET', 'min-replicas-to-write', '1'], ['CONFIG', 'SET', 'min-replicas-to-write', '0']],
    ['NOPERM', ['ACL', 'SETUSER', 'default', '-set'], ['ACL', 'SETUSER', 'default', '+set']],
  ])(
    '%s: a typed failure, a store that is down, one line in the log, and back once writes work',
    async (word, cause, cure) => {
      const at = await connected(server.url);
      await redisCommand(server, ...cause);
      expect(await at.write()).toBeInstanceOf(StoreUnavailable);
      expect(at.redis.isAlive()).toBe(false);
      const errors = () => at.logged().filter(({ reason }) => reason === word);
      await until(
        () => errors().length,
        (count) => count > 0,
      );
      for (let i = 0; i < 3; i += 1) await at.write();
      await redisCommand(server, ...cure);
      await up(at);
      expect(await at.write()).toBe('OK');
      expect(errors()).toEqual([expect.objectContaining({ command: 'SET', reason: word })]);
      await at.redis.close();
    },
  );

  test('a refusal is seen without a request that meets it', async () => {
    const at = await connected(server.url);
    await redisCommand(server, 'CONFIG', 'SET', 'min-replicas-to-write', '1');
    await until(
      () => at.redis.isAlive(),
      (isAlive) => !isAlive,
    );
    await redisCommand(server, 'CONFIG', 'SET', 'min-replicas-to-write', '0');
    await up(at);
    expect(at.logged().filter(({ reason }) => reason === 'NOREPLICAS')).toHaveLength(1);
    await at.redis.close();
  });

  test('reads are answered while writes are refused', async () => {
    const at = await connected(server.url);
    await at.write();
    await redisCommand(server, 'CONFIG', 'SET', 'min-replicas-to-write', '1');
    await at.write();
    expect(await at.redis.read('key')).toBe('value');
    await redisCommand(server, 'CONFIG', 'SET', 'min-replicas-to-write', '0');
    await at.redis.close();
  });

  test('a command that is missing is named at the start, and nothing is served without it', async () => {
    await redisCommand(server, 'ACL', 'SETUSER', 'default', '-getdel');
    const at = await connected(server.url);
    expect(at.redis.isAlive()).toBe(false);
    expect(await at.write()).toBeInstanceOf(StoreUnavailable);
    expect(at.logged()).toContainEqual(expect.objectContaining({ command: 'GETDEL', reason: 'NOPERM' }));
    await redisCommand(server, 'ACL', 'SETUSER', 'default', '+getdel');
    await up(at);
    await at.redis.close();
  });

  test('a node without its cluster: down, with the word', async () => {
    const node = await RedisProcess.startClusterNode();
    const at = await connected(node.url);
    expect(await at.write()).toBeInstanceOf(StoreUnavailable);
    expect(at.redis.isAlive()).toBe(false);
    expect(at.logged()).toContainEqual(expect.objectContaining({ reason: 'CLUSTERDOWN' }));
    await takeSlots(node);
    await up(at);
    await at.redis.close();
    await node.stop();
  });

  test('the connection has a name', async () => {
    const at = await connected(server.url);
    expect(String(await redisCommand(server, 'CLIENT', 'LIST'))).toMatch(/ name=weixin-phone-gateway@\S+ /);
    await at.redis.close();
  });
});

describeWithRedis('a master that is none any more', () => {
  let old: RedisProcess;
  let next: RedisProcess;
  beforeEach(async () => {
    [old, next] = await Promise.all([RedisProcess.start(), RedisProcess.start()]);
  });
  afterEach(() => Promise.all([old.stop(), next.stop()]));

  test('READONLY on a connection that stays: the next one leads to the new master', async () => {
    const line = await RedisLine.to(old);
    const at = await connected(line.url);
    expect(await at.write()).toBe('OK');
    line.target = next;
    await redisCommand(old, 'REPLICAOF', '127.0.0.1', String(next.port));
    const back = await until(at.write, (answer) => answer === 'OK');
    expect(back.after).toBeLessThan(BACK_WITHIN);
    await up(at);
    expect(await redisCommand(next, 'EXISTS', 'wpg:key')).toBe(1);
    await at.redis.close();
    await line.close();
  });

  test.each([
    ['a replica', []],
    ['a replica without its master', ['CONFIG', 'SET', 'replica-serve-stale-data', 'no']],
  ])('%s until it becomes a master: down, said once, and back', async (what, config) => {
    if (config.length > 0) await redisCommand(old, ...config);
    const at = await connected(old.url);
    await redisCommand(old, 'REPLICAOF', '127.0.0.1', String(next.port));
    if (what !== 'a replica') await next.signal('SIGKILL');
    await until(
      () => at.logged().map(({ reason }) => reason),
      (reasons) => reasons.some(isElsewhere),
    );
    expect(at.redis.isAlive()).toBe(false);
    expect(await at.write()).toBeInstanceOf(StoreUnavailable);
    await redisCommand(old, 'REPLICAOF', 'NO', 'ONE');
    const back = await until(at.write, (answer) => answer === 'OK');
    expect(back.after).toBeLessThan(BACK_WITHIN);
    expect(at.logged().filter(({ reason }) => isElsewhere(reason))).toHaveLength(1);
    await at.redis.close();
  });
});

function isElsewhere(reason: string | undefined): boolean {
  return reason === 'READONLY' || reason === 'MASTERDOWN';
}
