import { createClient } from 'redis';
import { fingerprint } from '../../src/crypto/fingerprint.js';
import { RedisConnection } from '../../src/stores/redis/redis-connection.js';
import { RedisOnce } from '../../src/stores/redis/redis-once.js';
import { StoreUnavailable } from '../../src/stores/store-unavailable.js';
import { keySlot } from '../../src/stores/redis/topology/key-slot.js';
import { recordedLog } from '../harness/recorded-log.js';
import { RedisClusterProcesses } from '../harness/redis-cluster.js';
import { describeWithRedis } from '../harness/redis-process.js';
import { redisSettings } from '../harness/redis-settings.js';
import { seal } from '../harness/redis-users.js';
import { SlotMoves } from '../harness/slot-moves.js';
import { until } from '../harness/until.js';

/** Milliseconds: a cluster takes some seconds to start. */
jest.setTimeout(60_000);

/** A master that is only busy is not replaced. */
const CALM = ['--save', '', '--appendonly', 'no', '--cluster-node-timeout', '30000'];
const PX = { expiration: { type: 'PX', value: 60_000 } } as const;

/* With whole gateways under load: test/faults/redis-slots.faults.ts. */
describeWithRedis('slots of a Cluster that move', () => {
  let cluster: RedisClusterProcesses;
  let moves: SlotMoves;
  let redis: RedisConnection;
  beforeAll(async () => {
    cluster = await RedisClusterProcesses.start(CALM);
    moves = await SlotMoves.of(cluster);
    redis = await connected(5_000);
  });
  afterAll(async () => {
    await redis.close();
    moves.close();
    await cluster.stop();
  });

  async function connected(timeout: number): Promise<RedisConnection> {
    const settings = redisSettings({ ...cluster.env, REDIS_TIMEOUT_MS: String(timeout) });
    const connection = new RedisConnection({ settings, log: recordedLog().log, maxNear: 100 });
    await connection.ready();
    return connection;
  }

  const slotOf = (key: string) => keySlot(`wpg:${key}`);
  const near = async (from: RedisConnection, key: string) => from.near(key, (value) => value ?? undefined);
  const write = (key: string, value: string) => redis.run((client) => client.set(key, value, PX));
  /** What the masters have refused since. */
  const since = async ({ ASK, MOVED, TRYAGAIN }: Awaited<ReturnType<SlotMoves['redirections']>>) => {
    const now = await moves.redirections();
    return { ASK: now.ASK - ASK, MOVED: now.MOVED - MOVED, TRYAGAIN: now.TRYAGAIN - TRYAGAIN };
  };

  test('reads and writes follow a key that has gone ahead, and find it at once when all have', async () => {
    const keys = ['ahead:{a}1', 'ahead:{a}2'];
    for (const key of keys) await write(key, 'before');
    const before = await moves.redirections();
    await moves.move(slotOf('ahead:{a}1'), {
      onBoth: async () => {
        expect(await Promise.all(keys.map((key) => redis.read(key)))).toEqual(['before', 'before']);
        for (const key of keys) await write(key, 'meanwhile');
      },
    });
    expect((await since(before)).ASK).toBeGreaterThan(0);
    expect(await Promise.all(keys.map((key) => near(redis, key)))).toEqual(['meanwhile', 'meanwhile']);
    const after = await moves.redirections();
    for (const key of keys) await write(key, 'after');
    expect(await since(after)).toMatchObject({ ASK: 0, MOVED: 0 });
  });

  test('a script waits until its keys are together again', async () => {
    const id = fingerprint('single-use-code', 'torn apart');
    const once = new RedisOnce({ redis, seal, lease: 60_000 });
    const before = await moves.redirections();
    let claim: ReturnType<RedisOnce['claim']> | undefined;
    await moves.move(slotOf(`once:{${id}}:owner`), {
      onBoth: async () => {
        claim = once.claim(id);
        await until(
          () => since(before),
          ({ TRYAGAIN }) => TRYAGAIN > 20,
        );
      },
    });
    expect(await claim).toMatchObject({ state: 'mine' });
    // It waits where it is, and is not sent to and fro.
    const { ASK, MOVED } = await since(before);
    expect(ASK + MOVED).toBeLessThan(5);
  });

  test('a script whose keys stay apart fails in time', async () => {
    const id = fingerprint('single-use-code', 'stays apart');
    const impatient = await connected(1_000);
    const once = new RedisOnce({ redis: impatient, seal, lease: 60_000 });
    await moves.move(slotOf(`once:{${id}}:owner`), {
      onBoth: () => expect(once.claim(id)).rejects.toThrow(StoreUnavailable),
    });
    expect(await once.claim(id)).toMatchObject({ state: 'mine' });
    await impatient.close();
  });

  test('a command is not lost between two masters that each name the other', async () => {
    await write('between', 'value');
    const before = await moves.redirections();
    let read: Promise<string | null> | undefined;
    await moves.move(slotOf('between'), {
      knownToOldOnly: async () => {
        read = redis.read('between');
        await until(
          () => since(before),
          ({ MOVED }) => MOVED > 10,
        );
      },
    });
    expect(await read).toBe('value');
  });

  test.each(['while its slot moves', 'after its slot has moved'])(
    'a near copy goes with its record: %s',
    async (when) => {
      const key = `near:${when}`;
      await write(key, 'value');
      const other = await connected(5_000);
      for (let i = 0; i < 2; i += 1) expect(await near(other, key)).toBe('value');
      const end = async () => {
        await redis.run((client) => client.getDel(key));
        const { after } = await until(
          () => near(other, key),
          (value) => value === undefined,
        );
        expect(after).toBeLessThan(1_000);
      };
      await moves.move(slotOf(key), when === 'while its slot moves' ? { onBoth: end } : {});
      if (when !== 'while its slot moves') await end();
      expect(await near(other, key)).toBeUndefined();
      await other.close();
    },
  );

  test('a master whose first slot stands alone is tried on a key that is found at once', async () => {
    const inFirstSlot =
      Array.from({ length: 1_000_000 }, (_, i) => `first:${i}`).find((key) => slotOf(key) === 0) ?? '';
    await moves.move(0);
    // The write is sent on, and the map of the slots is asked for anew.
    await write(inFirstSlot, 'value');
    const [, owner] = await cluster.masters();
    const monitor = await createClient({ url: owner?.url ?? '' }).connect();
    const tried: number[] = [];
    await monitor.monitor((line) => {
      const [, number] = /"SET" "wpg:probe:(\d+)"/.exec(line) ?? [];
      if (number !== undefined) tried.push(Number(number));
    });
    await until(
      () => tried.length,
      (count) => count >= 2,
    );
    monitor.destroy();
    expect(Math.max(...tried)).toBeLessThan(100);
  });
});
