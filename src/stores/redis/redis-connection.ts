import { setTimeout as delay } from 'node:timers/promises';
import { ErrorReply } from 'redis';
import type { Clock, Instant, Milliseconds } from '../../domain/clock.js';
import { Deadline } from '../../domain/deadline.js';
import type { Log } from '../../domain/log.js';
import { noRedisObserver, type RedisObserver } from '../../domain/redis-observer.js';
import type { RedisSettings } from '../../domain/redis-settings.js';
import { StoreUnavailable } from '../store-unavailable.js';
import { Deadlines, TooLate } from './deadlines.js';
import type { Kept } from './near-copies.js';
import type { Neighbours } from './neighbours.js';
import { refusedWith } from './refusal.js';
import { type Client, routedClient } from './routed-client.js';
import { StateReport } from './state-report.js';
import type { Topology } from './topology/topology.js';
import { topologyOf } from './topology/topology-of.js';

export type { Client } from './routed-client.js';

/** How often each server is asked for the time, which is also how it shows that it lives. */
const HEARTBEAT: Milliseconds = 250;
/** Between two tries of commands that may be sent again. */
const RESEND_EVERY: Milliseconds = 25;
/** Looks at the start before a gateway starts without Redis, and between them. */
const START_LOOKS = 200;
const START_LOOK_EVERY: Milliseconds = 10;

export interface RedisConnectionOptions {
  readonly settings: RedisSettings;
  readonly log: Log;
  /** Default: nobody looks. */
  readonly observer?: RedisObserver;
  /** Near copies at most, of each server; the least recently used goes. */
  readonly maxNear: number;
  /** Sees whether others use the same keys; undefined: nobody does. */
  readonly neighbours?: Neighbours;
}

/**
 * The connection to a Redis of any topology: every command has a deadline, nothing queues without bound, and its time is
 * Redis's own, so that gateways whose clocks differ agree.
 */
export class RedisConnection implements Clock {
  readonly #options: RedisConnectionOptions;
  readonly #deadlines = new Deadlines();
  readonly #topology: Topology;
  readonly #client: Client;
  readonly #report: StateReport;
  readonly #observer: RedisObserver;
  #heartbeat: NodeJS.Timeout | undefined;
  /** Redis's time less the monotonic clock. */
  #offset = Date.now() - performance.now();

  constructor(options: RedisConnectionOptions) {
    const { settings, log, observer = noRedisObserver, maxNear } = options;
    this.#options = options;
    this.#observer = observer;
    this.#topology = topologyOf({ settings, log, observer, maxNear, deadlines: this.#deadlines });
    this.#client = routedClient(this.#topology);
    this.#report = new StateReport({ log, topology: this.#topology, settings });
  }

  /**
   * Starts the heartbeat, after the first sign of life or as long as a connection may take: a gateway starts without Redis
   * too, unless it insists on near copies.
   */
  async ready(): Promise<void> {
    const insists = this.#options.settings.nearCopies === 'on';
    for (let i = 0; (i < START_LOOKS || insists) && !this.isAlive(); i += 1) {
      await delay(START_LOOK_EVERY);
      await this.#meetNeighbours();
      if (i >= START_LOOKS && i % START_LOOKS === 0) this.#report.look(this.isAlive());
    }
    this.#learnTime();
    this.#report.look(this.isAlive());
    this.#heartbeat ??= setInterval(() => {
      this.#learnTime();
      this.#report.look(this.isAlive());
      this.#topology.beat();
      void this.#meetNeighbours();
    }, HEARTBEAT);
  }

  /** Redis's time, as far as it has been told lately. */
  now(): Instant {
    return Math.round(performance.now() + this.#offset);
  }

  /** Whether every server answers and takes writes, as far as the last heartbeats and commands told. */
  isAlive(): boolean {
    const { lines, isComplete } = this.#topology;
    return isComplete && lines.every((line) => line.isUp) && (this.#options.neighbours?.isOurs ?? true);
  }

  /** Whether reads may be answered from near copies. */
  hasNearCopies(): boolean {
    const { lines } = this.#topology;
    return lines.length > 0 && lines.every((line) => line.hasNear);
  }

  /**
   * Runs commands that go out in one write, and are answered in one round trip; on a cluster, in one to each server.
   *
   * @param within for commands that may be run again, which must be idempotent: they have this long, and are sent again
   *   if the connection is lost or Redis refuses them for the moment
   * @throws StoreUnavailable if there is no answer in time, whatever Redis did
   */
  async run<T>(commands: (client: Client) => Promise<T>, within?: Milliseconds): Promise<T> {
    this.#assertOurs();
    if (within === undefined) return this.#once(commands, this.#options.settings.timeout);
    return this.#again(commands, within, () => true);
  }

  /** The value of a key, as Redis has it now. */
  async read(key: string): Promise<string | null> {
    this.#assertOurs();
    // A connection that ends under the question is soon made anew; one that has been gone for a while is not.
    let wasLost = false;
    return this.#again(
      (client) => client.get(key),
      this.#options.settings.timeout,
      (error) => (wasLost ||= error.cause !== undefined && !(error.cause instanceof ErrorReply)),
    );
  }

  /**
   * What is made of a key's value: of a near copy once, when it came, which Redis invalidates when the key changes. A copy is
   * served only while the line is known to live, for an invalidation could not come otherwise; Redis is asked then.
   *
   * @param make the same for every reader of the key; undefined if there is nothing to keep
   */
  near<T extends Kept>(key: string, make: (value: string | null) => T): T | Promise<T> {
    this.#assertOurs();
    const line = this.#topology.lineOf(key);
    if (line?.isFresh !== true) return this.read(key).then(make);
    const copy = line.near(key, make);
    return copy instanceof Promise ? this.#arriving(copy, key, make) : copy;
  }

  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    this.#topology.close();
  }

  async #arriving<T extends Kept>(copy: Promise<T>, key: string, make: (value: string | null) => T): Promise<T> {
    try {
      return await this.#inTime(copy, this.#options.settings.timeout);
    } catch (error) {
      // Lost, or moved to another server: the question follows it. Silence has had its time.
      if ((error as StoreUnavailable).cause === undefined) throw error;
      return make(await this.read(key));
    }
  }

  #once<T>(commands: (client: Client) => Promise<T>, within: Milliseconds): Promise<T> {
    return this.#inTime(commands(this.#client), within);
  }

  async #inTime<T>(answer: Promise<T>, within: Milliseconds): Promise<T> {
    try {
      return await this.#deadlines.of(answer, within);
    } catch (error) {
      this.#observer.failed(kindOf(error as StoreUnavailable));
      throw error;
    }
  }

  async #again<T>(
    commands: (client: Client) => Promise<T>,
    within: Milliseconds,
    isForAgain: (error: StoreUnavailable) => boolean,
  ): Promise<T> {
    const deadline = new Deadline(within);
    for (;;) {
      try {
        return await this.#once(commands, deadline.left);
      } catch (error) {
        if (!isForAgain(error as StoreUnavailable) || deadline.left === 0) throw error;
      }
      await delay(Math.min(RESEND_EVERY, deadline.left));
    }
  }

  #learnTime(): void {
    this.#offset = this.#topology.lines[0]?.offset ?? this.#offset;
  }

  #assertOurs(): void {
    if (this.#options.neighbours?.isOurs === false) throw new StoreUnavailable('These keys are of somebody else');
  }

  async #meetNeighbours(): Promise<void> {
    await this.#options.neighbours?.look(<T>(commands: (client: Client) => Promise<T>) =>
      this.#once(commands, this.#options.settings.timeout),
    );
  }
}

/** As RedisObserver names it. */
function kindOf(error: StoreUnavailable): string {
  if (error instanceof TooLate) return 'late';
  if (error.cause === undefined) return 'not_sent';
  return refusedWith(error.cause) ?? 'lost';
}
