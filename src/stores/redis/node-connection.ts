import type { Milliseconds } from '../../domain/clock.js';
import type { Log } from '../../domain/log.js';
import type { RedisObserver } from '../../domain/redis-observer.js';
import type { Address, RedisSettings } from '../../domain/redis-settings.js';
import { StoreUnavailable } from '../store-unavailable.js';
import type { Deadlines } from './deadlines.js';
import { refusals, warnOfOldServer } from './inspection.js';
import { type NodeClient, type OnInvalid, openClient, type OpenedClient } from './node-client.js';
import { isElsewhere, isMissing, type Refusal, refusedWith } from './refusal.js';
import { scripts } from './scripts.js';
import { askTime } from './server-time.js';
import { SignsOfLife } from './signs-of-life.js';

/** A heartbeat that is not answered by then means that Redis is silent: commands are not sent any more. */
const SILENT_AFTER: Milliseconds = 1_000;
/** Every so many heartbeats a write is tried, if all is well. */
const WRITE_EVERY_BEATS = 4;

export interface NodeConnectionOptions {
  readonly settings: RedisSettings;
  readonly log: Log;
  readonly observer: RedisObserver;
  readonly deadlines: Deadlines;
  /** A key of this server's, prefix included, that writes are tried on. */
  readonly probeKey: () => string;
  /** A command was refused with this word: whether that is the topology's own business, and no trouble. */
  readonly isOfTopology: (word: string) => boolean;
}

/** One connection to one server: its signs of life, and what the server refuses. It ends once; the line makes another. */
export class NodeConnection {
  readonly #options: NodeConnectionOptions;
  readonly #client: NodeClient;
  readonly life = new SignsOfLife();
  /** Whether the server tracks near copies. */
  readonly hasNear: boolean;
  /** Why there are no near copies. */
  readonly withoutNearBecause: string | undefined;
  /** Resolves when the connection is lost or closed. */
  readonly ended: Promise<void>;
  /** What the server refused, until a write works again. */
  trouble: Refusal | undefined;
  #isClosed = false;
  #beats = 0;
  #isBeating = false;
  #isInspecting = false;

  private constructor({ client, hasNear, withoutNearBecause, ended }: OpenedClient, options: NodeConnectionOptions) {
    this.#options = options;
    this.#client = client;
    this.hasNear = hasNear;
    this.withoutNearBecause = withoutNearBecause;
    this.ended = ended;
  }

  /**
   * Connects, and tries every command. If the server is unfit to serve, the connection is closed already, and its trouble
   * tells why.
   *
   * @throws if there is no connection in time, or the commands are not answered in time
   */
  static async open(options: NodeConnectionOptions, address: Address, onInvalid: OnInvalid): Promise<NodeConnection> {
    const opened = await openClient(options.settings, address, onInvalid);
    const connection = new NodeConnection(opened, options);
    try {
      const trouble = await options.deadlines.of(connection.#worstRefusal(), SILENT_AFTER);
      connection.trouble = trouble;
      if (trouble !== undefined && (isMissing(trouble.word) || isElsewhere(trouble.word))) connection.close();
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Whether commands are sent. */
  get isAnswering(): boolean {
    return !this.#isClosed && !this.life.isSilent;
  }

  /** Whether near copies may be served: an invalidation could not come over a dead connection. */
  get isFresh(): boolean {
    return this.hasNear && !this.#isClosed && this.life.isFresh;
  }

  /** Whether a heartbeat waits for its answer, and nothing else was answered for long. */
  get isDead(): boolean {
    return this.#isBeating && this.life.isDead;
  }

  /** Loads the scripts, and asks for the first sign of life: commands are sent from then on. */
  async start(): Promise<void> {
    // A script that Redis does not know yet takes a second round trip, and is overtaken by what was sent after it.
    for (const { SCRIPT } of Object.values(scripts)) this.#client.scriptLoad(SCRIPT).catch(() => undefined);
    void warnOfOldServer(this.#client, this.#options.log);
    await this.#askTheTime();
  }

  /** As Line.call. */
  async call<T>(command: string, send: (client: NodeClient) => Promise<T>): Promise<T> {
    if (!this.isAnswering) throw new StoreUnavailable('Redis is silent');
    const askedAt = performance.now();
    const answered = this.#options.observer.command(command);
    try {
      const answer = await send(this.#client);
      answered();
      this.life.answered(askedAt);
      return answer;
    } catch (error) {
      const word = refusedWith(error);
      answered(word ?? 'lost');
      if (word !== undefined) this.#refused({ command, word });
      throw error;
    }
  }

  /** Asks for a sign of life, and whether writes work. */
  beat(): void {
    if (!this.#isBeating) void this.#askTheTime();
    this.#beats += 1;
    if (this.trouble !== undefined || this.#beats % WRITE_EVERY_BEATS === 0) void this.#tryWriting();
  }

  close(): void {
    this.#isClosed = true;
    this.#client.destroy();
  }

  async #askTheTime(): Promise<void> {
    this.#isBeating = true;
    const askedAt = performance.now();
    try {
      const answer = askTime(this.#client);
      this.#options.deadlines.of(answer, SILENT_AFTER).catch(() => this.life.fellSilent());
      this.life.told(await answer, askedAt);
    } catch {
      // The connection is lost, and the next one is under way.
    } finally {
      this.#isBeating = false;
    }
  }

  /** Writes decide whether a server is up: TIME is answered by one that is full, read-only or without its cluster. */
  async #tryWriting(): Promise<void> {
    if (this.#isInspecting) return;
    this.#isInspecting = true;
    try {
      const worst = await this.#worstRefusal();
      if (worst !== undefined) this.#refused(worst);
      else if (!this.#isClosed) this.trouble = undefined;
    } catch {
      // The connection is lost, and the next one is under way.
    } finally {
      this.#isInspecting = false;
    }
  }

  async #worstRefusal(): Promise<Refusal | undefined> {
    const { probeKey, isOfTopology } = this.#options;
    return (await refusals(this.#client, probeKey())).find(({ word }) => !isOfTopology(word));
  }

  #refused(refusal: Refusal): void {
    if (this.#isClosed || this.#options.isOfTopology(refusal.word)) return;
    this.trouble = refusal;
    if (isElsewhere(refusal.word)) this.close();
  }
}
