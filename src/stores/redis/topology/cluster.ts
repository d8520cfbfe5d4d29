import { setTimeout as delay } from 'node:timers/promises';
import type { Milliseconds } from '../../../domain/clock.js';
import { type Address, addressText, type HostAndPort, type RedisSettings } from '../../../domain/redis-settings.js';
import { StoreUnavailable } from '../../store-unavailable.js';
import type { Deadlines } from '../deadlines.js';
import type { Line } from '../line.js';
import { type NodeClient, openPlain } from '../node-client.js';
import { refusedWith } from '../refusal.js';
import { keySlot, SLOTS } from './key-slot.js';
import { type ClusterMap, parseClusterSlots, redirection } from './cluster-map.js';
import type { Topology } from './topology.js';

/** A node that has not told the map by then is left out. */
const ANSWER_WITHIN: Milliseconds = 1_000;
/** Heartbeats between two looks at the map, if a node is lost and if all is well: 0.5 s and 10 s. */
const LOOK_EVERY_BEATS = { lost: 2, well: 40 } as const;
const TRY_AGAIN_AFTER: Milliseconds = 20;
/** Two servers that each name the other have not both heard of a move yet: further redirections are followed with a pause. */
const REDIRECTIONS_AT_ONCE = 3;
/** What is under way on a node that has left is answered by then. */
const LEAVES_AFTER: Milliseconds = 1_000;
/** Refusals that are the map's business. */
const OF_TOPOLOGY = new Set(['MOVED', 'ASK', 'TRYAGAIN']);

export interface ClusterOptions {
  readonly seeds: readonly HostAndPort[];
  readonly settings: RedisSettings;
  readonly deadlines: Deadlines;
  readonly newLine: (line: {
    readonly address: Address;
    readonly probeKey: () => string;
    readonly isOfTopology: (word: string) => boolean;
  }) => Line;
}

/**
 * The masters of a Cluster, each with a line of its own. A server says MOVED with the new place of a key: the command follows,
 * and the map is asked for anew.
 */
export class Cluster implements Topology {
  readonly #options: ClusterOptions;
  /** By address: those of the map, and those that a MOVED named. */
  readonly #lines = new Map<string, Line>();
  readonly #slots: (Line | undefined)[] = new Array<Line | undefined>(SLOTS).fill(undefined);
  #map: ClusterMap = { ranges: [], addresses: [] };
  #isLooking = false;
  #beats = 0;
  #isClosed = false;
  lines: readonly Line[] = [];

  constructor(options: ClusterOptions) {
    this.#options = options;
    this.#look();
  }

  get isComplete(): boolean {
    return this.#map.ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0) === SLOTS;
  }

  lineOf(key: string): Line | undefined {
    return this.#slots[this.#slotOf(key)];
  }

  async call<T>(command: string, key: string | undefined, send: (client: NodeClient) => Promise<T>): Promise<T> {
    const slot = key === undefined ? undefined : this.#slotOf(key);
    const giveUpAt = performance.now() + this.#options.settings.timeout;
    let line = slot === undefined ? this.lines.find(({ isAnswering }) => isAnswering) : this.#slots[slot];
    let sending = send;
    for (let i = 1; ; i += 1) {
      if (line === undefined) throw new StoreUnavailable('No server of the cluster has this key');
      try {
        return await line.call(command, sending);
      } catch (error) {
        const to = redirection(error);
        const areKeysApart = refusedWith(error) === 'TRYAGAIN';
        if (to === undefined && !areKeysApart) {
          if (refusedWith(error) !== undefined || !line.isAnswering) this.#look();
          throw error;
        }
        if (areKeysApart || i > REDIRECTIONS_AT_ONCE) await delay(TRY_AGAIN_AFTER);
        // Keys that are apart come together where they were asked for.
        if (to !== undefined) {
          line = await this.#lineTo(to.address ?? line.address);
          sending = to.isAsk ? asking(send) : send;
          if (!to.isAsk && slot !== undefined) this.#moved(slot, line);
        }
        // Its caller has been told that there was no answer: it must not be sent any more.
        if (performance.now() >= giveUpAt) throw error;
      }
    }
  }

  beat(): void {
    for (const line of this.#lines.values()) line.beat();
    this.#beats += 1;
    const isWell = this.isComplete && this.lines.every(({ isUp }) => isUp);
    if (this.#beats % LOOK_EVERY_BEATS[isWell ? 'well' : 'lost'] === 0) this.#look();
  }

  close(): void {
    this.#isClosed = true;
    for (const line of this.#lines.values()) line.close();
  }

  #slotOf(key: string): number {
    return keySlot(`${this.#options.settings.keyPrefix}${key}`);
  }

  #moved(slot: number, line: Line): void {
    this.#slots[slot] = line;
    this.#look(line.address);
  }

  async #lineTo(address: Address | undefined): Promise<Line> {
    if (address === undefined) throw new StoreUnavailable('The cluster does not tell where a key is');
    const line = this.#lineAt(address);
    if (!line.isAnswering) await Promise.race([line.ready(), delay(this.#options.settings.timeout)]);
    return line;
  }

  #lineAt(address: Address): Line {
    const name = addressText(address);
    const known = this.#lines.get(name);
    if (known !== undefined) return known;
    const line = this.#options.newLine({
      address,
      probeKey: () => this.#probeKeyOf(name),
      isOfTopology: (word) => OF_TOPOLOGY.has(word),
    });
    this.#lines.set(name, line);
    return line;
  }

  /** A key in a slot of this node's; any key, if it has none yet: MOVED says no less about what may be sent. */
  #probeKeyOf(name: string): string {
    // All of them: after a move the first may be a single slot, and its key would be searched for among many thousands.
    const ranges = this.#map.ranges.filter(({ address }) => addressText(address) === name);
    const { keyPrefix } = this.#options.settings;
    for (let i = 0; ranges.length > 0; i += 1) {
      const key = `${keyPrefix}probe:${i}`;
      const slot = keySlot(key);
      if (ranges.some(({ from, to }) => slot >= from && slot <= to)) return key;
    }
    return `${keyPrefix}probe`;
  }

  /** Asks for the map, once at a time. */
  #look(first?: Address): void {
    if (this.#isClosed || this.#isLooking) return;
    this.#isLooking = true;
    void this.#findMap(first).finally(() => (this.#isLooking = false));
  }

  /** The map as the first node tells it that can: the one that named a new place, those that answer, and then any. */
  async #findMap(first: Address | undefined): Promise<void> {
    const answering = this.lines.filter(({ isAnswering }) => isAnswering).flatMap(({ address }) => address ?? []);
    const candidates = [...(first ? [first] : []), ...answering, ...this.#map.addresses, ...this.#options.seeds];
    const asked = new Set<string>();
    for (const address of candidates) {
      if (asked.has(addressText(address)) || this.#isClosed) continue;
      asked.add(addressText(address));
      const map = await this.#askMap(address).catch(() => undefined);
      if (map === undefined || map.ranges.length === 0) continue;
      this.#take(map);
      return;
    }
  }

  async #askMap(address: Address): Promise<ClusterMap> {
    const { settings, deadlines } = this.#options;
    const line = this.#lines.get(addressText(address));
    const ask = (client: NodeClient) => client.sendCommand<unknown>(['CLUSTER', 'SLOTS']);
    const host = 'host' in address ? address.host : '';
    if (line?.isAnswering) {
      return parseClusterSlots(await deadlines.of(line.call('CLUSTER SLOTS', ask), ANSWER_WITHIN), host);
    }
    const { client } = await openPlain(settings, address);
    try {
      return parseClusterSlots(await deadlines.of(ask(client), ANSWER_WITHIN), host);
    } finally {
      client.destroy();
    }
  }

  #take(map: ClusterMap): void {
    if (this.#isClosed) return;
    this.#map = map;
    this.#slots.fill(undefined);
    for (const { from, to, address } of map.ranges) this.#slots.fill(this.#lineAt(address), from, to + 1);
    const masters = [...new Set(map.ranges.map(({ address }) => addressText(address)))].sort();
    this.lines = masters.flatMap((name) => this.#lines.get(name) ?? []);
    for (const [name, line] of this.#lines) {
      if (masters.includes(name)) continue;
      this.#lines.delete(name);
      setTimeout(() => line.close(), LEAVES_AFTER).unref();
    }
  }
}

/** Sends a command to a node that takes the slot over, and has it not yet. */
function asking<T>(send: (client: NodeClient) => Promise<T>): (client: NodeClient) => Promise<T> {
  return (client) => {
    client.sendCommand(['ASKING']).catch(() => undefined);
    return send(client);
  };
}
