import { createClient } from 'redis';
import { keySlot } from '../../src/stores/redis/topology/key-slot.js';
import { Turns } from '../../src/stores/redis/turns.js';
import type { RedisClusterProcesses } from './redis-cluster.js';
import { until } from './until.js';

/** Keys that go over in one MIGRATE, as redis-cli has it. */
const BATCH = 10;
/** Milliseconds that a MIGRATE may take. */
const MIGRATE_WITHIN = 5_000;

interface Master {
  readonly id: string;
  readonly port: number;
  readonly command: (...args: (string | number)[]) => Promise<unknown>;
  readonly close: () => void;
}

/** What a test does while a slot moves. */
export interface OnTheWay {
  /** Half of the keys are at either master. */
  readonly onBoth?: () => Promise<unknown>;
  /** All keys are over, and the old master says so; the new one does not know yet that the slot is its own. */
  readonly knownToOldOnly?: () => Promise<unknown>;
}

/** Moves slots between the masters of a Cluster while it serves, in the steps that the Redis Cluster specification sets. */
export class SlotMoves {
  readonly #masters: readonly [Master, ...Master[]];
  readonly #owners = new Map<number, Master>();
  readonly #turns = new Turns();
  /** Slots that have moved. */
  moved = 0;
  /** Milliseconds that a slot was on two masters at most. */
  longestApart = 0;

  private constructor(masters: readonly [Master, ...Master[]]) {
    this.#masters = masters;
  }

  static async of(cluster: RedisClusterProcesses): Promise<SlotMoves> {
    const masters = await Promise.all((await cluster.masters()).map(({ url }) => masterAt(url)));
    return new SlotMoves(masters as unknown as readonly [Master, ...Master[]]);
  }

  /** The slots of keys with such a name, REDIS_KEY_PREFIX included. */
  async slotsOf(pattern: string): Promise<number[]> {
    const names = await Promise.all(this.#masters.map(({ command }) => command('KEYS', pattern) as Promise<string[]>));
    return [...new Set(names.flat().map(keySlot))];
  }

  /** Moves a slot to the next of the masters, half of its keys first. Different slots may move at the same time. */
  async move(slot: number, { onBoth, knownToOldOnly }: OnTheWay = {}): Promise<void> {
    const from = this.#owners.get(slot) ?? (await this.#ownerOf(slot));
    const to = this.#masters[(this.#masters.indexOf(from) + 1) % this.#masters.length] ?? from;
    await to.command('CLUSTER', 'SETSLOT', slot, 'IMPORTING', from.id);
    await from.command('CLUSTER', 'SETSLOT', slot, 'MIGRATING', to.id);
    const apartFrom = performance.now();
    const keys = Number(await from.command('CLUSTER', 'COUNTKEYSINSLOT', slot));
    await migrate(slot, from, to, Math.ceil(keys / 2));
    await onBoth?.();
    while ((await migrate(slot, from, to, BATCH)) > 0);
    if (knownToOldOnly !== undefined) {
      await from.command('CLUSTER', 'SETSLOT', slot, 'NODE', to.id);
      await knownToOldOnly();
    }
    await this.#handOver(slot, to, from, apartFrom);
    this.#owners.set(slot, to);
    this.moved += 1;
  }

  /** How often the masters have sent a command elsewhere so far. */
  async redirections(): Promise<Record<'ASK' | 'MOVED' | 'TRYAGAIN', number>> {
    const infos = await Promise.all(
      this.#masters.map(async ({ command }) => String(await command('INFO', 'errorstats'))),
    );
    const count = (word: string) =>
      infos.reduce((sum, info) => sum + Number(new RegExp(`errorstat_${word}:count=(\\d+)`).exec(info)?.[1] ?? 0), 0);
    return { ASK: count('ASK'), MOVED: count('MOVED'), TRYAGAIN: count('TRYAGAIN') };
  }

  close(): void {
    for (const master of this.#masters) master.close();
  }

  /**
   * One slot after the other, each until all masters agree: a master that takes a slot over outvotes only those of whom it
   * has heard.
   */
  async #handOver(slot: number, to: Master, from: Master, apartFrom: number): Promise<void> {
    await this.#turns.take('', async () => {
      // The new master first: nobody is sent to a master that does not know yet that it is one.
      for (const master of new Set([to, from, ...this.#masters])) {
        await master.command('CLUSTER', 'SETSLOT', slot, 'NODE', to.id);
      }
      this.longestApart = Math.max(this.longestApart, performance.now() - apartFrom);
      await until(
        () => Promise.all(this.#masters.map((master) => viewOf(master))),
        (views) => new Set(views).size === 1,
      );
    });
  }

  async #ownerOf(slot: number): Promise<Master> {
    const [first] = this.#masters;
    const rows = (await first.command('CLUSTER', 'SLOTS')) as [number, number, [string, number]][];
    const port = rows.find(([from, to]) => slot >= from && slot <= to)?.[2][1];
    return this.#masters.find((master) => master.port === port) ?? first;
  }
}

async function masterAt(url: string): Promise<Master> {
  const client = createClient({ url, socket: { reconnectStrategy: false } });
  client.on('error', () => undefined);
  await client.connect();
  const command = (...args: (string | number)[]) => client.sendCommand<unknown>(args.map(String));
  return {
    id: String(await command('CLUSTER', 'MYID')),
    port: Number(new URL(url).port),
    command,
    close: () => client.destroy(),
  };
}

/** Sends so many keys of a slot at most, and tells how many it found. */
async function migrate(slot: number, from: Master, to: Master, count: number): Promise<number> {
  const keys = (await from.command('CLUSTER', 'GETKEYSINSLOT', slot, count)) as string[];
  if (keys.length > 0) await from.command('MIGRATE', '127.0.0.1', to.port, '', 0, MIGRATE_WITHIN, 'KEYS', ...keys);
  return keys.length;
}

/** Which master has which slots, by which vote, as this one sees it. */
async function viewOf({ command }: Master): Promise<string> {
  const lines = String(await command('CLUSTER', 'NODES')).split('\n');
  const masters = lines.map((line) => line.split(' ')).filter(([, , flags]) => flags?.includes('master'));
  return masters
    .map(([id = '', , , , , , epoch, , ...slots]) =>
      [id, epoch, ...slots.filter((part) => !part.startsWith('['))].join(' '),
    )
    .sort()
    .join('\n');
}
