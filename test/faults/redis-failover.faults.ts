import { setTimeout as delay } from 'node:timers/promises';
import { RedisConnection } from '../../src/stores/redis/redis-connection.js';
import { recordedLog } from '../harness/recorded-log.js';
import { RedisClusterProcesses } from '../harness/redis-cluster.js';
import { redisCommand } from '../harness/redis-command.js';
import { RedisLine } from '../harness/redis-line.js';
import { describeWithRedis, RedisProcess } from '../harness/redis-process.js';
import { RedisSentinels } from '../harness/redis-sentinels.js';
import { redisSettings } from '../harness/redis-settings.js';
import { report } from '../harness/report.js';
import { until } from '../harness/until.js';

/** Milliseconds. */
jest.setTimeout(60_000);

/** Milliseconds until every write works, once the new master is there. */
const BACK_WITHIN = 3_000;
/** Milliseconds until a connection is given up that nothing comes over. */
const NOTICED_AFTER = 3_500;
const PX = { expiration: { type: 'PX', value: 60_000 } } as const;
/** In every third of the slots. */
const KEYS = Array.from({ length: 12 }, (_, i) => `key:${i}`);

/** A connection that writes all the time, and when the writes last failed. */
async function underLoad(env: Record<string, string>) {
  const redis = new RedisConnection({ settings: redisSettings(env), log: recordedLog().log, maxNear: 10 });
  await redis.ready();
  const load = { isOver: false };
  let lastFailure = -Infinity;
  const running = (async () => {
    while (!load.isOver) {
      const began = performance.now();
      await Promise.all(
        KEYS.map((key) =>
          redis.run((client) => client.set(key, 'value', PX)).catch(() => (lastFailure = Math.max(lastFailure, began))),
        ),
      );
      await delay(5);
    }
  })();
  return {
    redis,
    get lastFailure() {
      return lastFailure;
    },
    /** Resolves when nothing has failed for a second. */
    calm: () =>
      until(
        () => performance.now() - lastFailure,
        (since) => since > 1_000 && redis.isAlive(),
        20_000,
      ),
    async end() {
      load.isOver = true;
      await running;
      await redis.close();
    },
  };
}

async function cameBack(
  name: string,
  load: Awaited<ReturnType<typeof underLoad>>,
  newMasterAt: number,
  within = BACK_WITHIN,
): Promise<number> {
  await load.calm();
  const after = Math.max(0, load.lastFailure - newMasterAt);
  report(`${name}: the last failure after the new master was there`, after, { atMost: within });
  await load.end();
  return after;
}

describeWithRedis('under Sentinel', () => {
  let sentinels: RedisSentinels;
  beforeEach(async () => {
    sentinels = await RedisSentinels.start();
  });
  afterEach(() => sentinels.stop());

  test.each<[string, (at: RedisSentinels) => Promise<void>]>([
    ['kill -9 of the master', async (at) => (await at.master()).signal('SIGKILL')],
    ['a master that falls silent', async (at) => (await at.master()).signal('SIGSTOP')],
    ['a planned failover', (at) => at.failover()],
  ])('%s', async (name, strike) => {
    const load = await underLoad(sentinels.env);
    const old = await sentinels.master();
    const next = sentinels.nodes.find((node) => node !== old) ?? old;
    await strike(sentinels);
    await until(
      async () => (await redisCommand(next, 'ROLE').catch(() => [])) as unknown[],
      ([role]) => role === 'master',
      20_000,
    );
    expect(await cameBack(`Sentinel, ${name}`, load, performance.now())).toBeLessThan(BACK_WITHIN);
  });
});

describeWithRedis('in a Cluster', () => {
  let cluster: RedisClusterProcesses;
  beforeEach(async () => {
    cluster = await RedisClusterProcesses.start();
  });
  afterEach(() => cluster.stop());

  test.each<[string, (at: RedisClusterProcesses) => Promise<unknown>]>([
    ['kill -9 of a master', async (at) => at.nodes[0]?.signal('SIGKILL')],
    ['a master that falls silent', async (at) => at.nodes[0]?.signal('SIGSTOP')],
    ['a planned failover', (at) => redisCommand(at.nodes[3] ?? { url: '' }, 'CLUSTER', 'FAILOVER')],
  ])('%s', async (name, strike) => {
    const load = await underLoad(cluster.env);
    await strike(cluster);
    const next = cluster.nodes[3] ?? { url: '' };
    await until(
      async () => (await redisCommand(next, 'ROLE').catch(() => [])) as unknown[],
      ([role]) => role === 'master',
      20_000,
    );
    expect(await cameBack(`Cluster, ${name}`, load, performance.now())).toBeLessThan(BACK_WITHIN);
  });
});

describeWithRedis('behind an address that moves', () => {
  let old: RedisProcess;
  let next: RedisProcess;
  let address: RedisLine;
  beforeEach(async () => {
    old = await RedisProcess.start();
    next = await RedisProcess.start(['--save', '', '--replicaof', `127.0.0.1 ${old.port}`]);
    await until(
      async () => String(await redisCommand(next, 'INFO', 'replication')),
      (info) => info.includes('master_link_status:up'),
      20_000,
    );
    address = await RedisLine.to(old);
  });
  afterEach(async () => {
    await address.close();
    await Promise.all([old.stop(), next.stop()]);
  });

  test.each<[string, () => Promise<unknown>, number]>([
    [
      'the old master stays, read-only, and so does the connection to it',
      () => redisCommand(old, 'REPLICAOF', '127.0.0.1', String(next.port)),
      BACK_WITHIN,
    ],
    ['the old master is gone', () => old.signal('SIGKILL'), BACK_WITHIN],
    ['the old master is gone without a word', () => old.signal('SIGSTOP'), NOTICED_AFTER],
  ])('%s', async (name, strike, within) => {
    const load = await underLoad({ REDIS_URL: address.url });
    await strike();
    await redisCommand(next, 'REPLICAOF', 'NO', 'ONE');
    await redisCommand(next, 'FLUSHALL');
    address.target = next;
    const newMasterAt = performance.now();
    await until(
      () => redisCommand(next, 'DBSIZE'),
      (keys) => keys === KEYS.length,
      20_000,
    );
    expect(await cameBack(`an address that moves, ${name}`, load, newMasterAt, within)).toBeLessThan(within);
  });
});
