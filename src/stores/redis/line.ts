import { setTimeout as delay } from 'node:timers/promises';
import type { Milliseconds } from '../../domain/clock.js';
import type { Log } from '../../domain/log.js';
import type { RedisObserver } from '../../domain/redis-observer.js';
import { type Address, addressText, type RedisSettings } from '../../domain/redis-settings.js';
import { StoreUnavailable } from '../store-unavailable.js';
import type { Deadlines } from './deadlines.js';
import { refusals, warnOfOldServer } from './inspection.js';
import { type Kept, NearCopies } from './near-copies.js';
import { type NodeClient, openClient, type OpenedClient } from './node-client.js';
import { isElsewhere, isMissing, reasonOf, type Refusal, refusedWith } from './refusal.js';
import { scripts } from './scripts.js';
import { askTime } from './server-time.js';
import { SignsOfLife } from './signs-of-life.js';

/** A heartbeat that is not answered by then means that Redis is silent: commands are not sent any more. */
const SILENT_AFTER: Milliseconds = 1_000;
const RECONNECT_DELAY: Milliseconds = 200;
/** Every so many heartbeats a write is tried, if all is well. */
const WRITE_EVERY_BEATS = 4;

export interface LineOptions {
  readonly settings: RedisSettings;
  readonly log: Log;
  readonly observer: RedisObserver;
  readonly deadlines: Deadlines;
  /** Near copies at most; the least recently used goes. */
  readonly maxNear: number;
  /** Where the server is, asked before each connection. */
  readonly address: () => Promise<Address>;
  /** A key of this server's, prefix included, that writes are tried on. */
  readonly probeKey: () => string;
  /** A command was refused with this word: whether that is the topology's own business, and no trouble. */
  readonly isOfTopology: (word: string) => boolean;
}

/**
 * The line to one server, which is made anew when it is lost: one connection at a time, with its near copies, its signs of
 * life, and what the server refuses.
 */
export class Line {
  readonly #options: LineOptions;
  #client: NodeClient | undefined;
  readonly #near: NearCopies;
  #hasNear = false;
  #address: Address | undefined;
  readonly #life = new SignsOfLife();
  #beats = 0;
  #isBeating = false;
  #isInspecting = false;
  #isClosed = false;
  #onReady: (() => void)[] = [];
  /** Why the line was lost last. */
  reason = 'no answer';
  /** What the server refused, until a write works again. */
  trouble: Refusal | undefined;
  /** Why there are no near copies. */
  withoutNearBecause: string | undefined;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#near = new NearCopies(options.maxNear);
    void this.#keepConnected();
  }

  /** Whether commands are sent. */
  get isAnswering(): boolean {
    return this.#client !== undefined && !this.#life.isSilent;
  }

  /** Whether the server answers and takes writes. */
  get isUp(): boolean {
    return this.isAnswering && this.trouble === undefined;
  }

  /** Where it is connected to, or was last. */
  get address(): Address | undefined {
    return this.#address;
  }

  get hasNear(): boolean {
    return this.#hasNear;
  }

  /** Whether near copies may be served: an invalidation could not come over a dead line. */
  get isFresh(): boolean {
    return this.#hasNear && this.#client !== undefined && this.#life.isFresh;
  }

  /** The server's time less the monotonic clock; undefined as long as it was not told. */
  get offset(): number | undefined {
    return this.#life.offset;
  }

  /** The last answer to a heartbeat took that long. */
  get roundTrip(): Milliseconds {
    return this.#life.roundTrip;
  }

  /**
   * Sends commands that the server answers in one round trip, without a deadline.
   *
   * @param command its name, for the log
   * @throws StoreUnavailable if the line is not there or silent; what the server or the client says otherwise
   */
  async call<T>(command: string, send: (client: NodeClient) => Promise<T>): Promise<T> {
    const client = this.#client;
    if (client === undefined || this.#life.isSilent) throw new StoreUnavailable('Redis is silent');
    const askedAt = performance.now();
    const answered = this.#options.observer.command(command);
    try {
      const answer = await send(client);
      answered();
      if (client === this.#client) this.#life.answered(askedAt);
      return answer;
    } catch (error) {
      const word = refusedWith(error);
      answered(word ?? 'lost');
      if (word !== undefined && client === this.#client) this.#refused({ command, word });
      throw error;
    }
  }

  /**
   * What was made of a key's value when it came, or is made of it now; to be called while the line is fresh. A near copy is
   * no sign of life.
   */
  near<T extends Kept>(key: string, make: (value: string | null) => T): T | Promise<T> {
    const { observer } = this.#options;
    observer.nearRead();
    return this.#near.read(key, async () => {
      observer.nearMiss();
      return make(await this.call('GET', (client) => client.get(key)));
    });
  }

  /** Resolves when the line is there. */
  async ready(): Promise<void> {
    if (!this.isAnswering && !this.#isClosed) await new Promise<void>((resolve) => this.#onReady.push(resolve));
  }

  /** Gives the connection up, so that the next one leads to where the server is by then. */
  reconnect(): void {
    this.#client?.destroy();
    this.#client = undefined;
    this.#life.fellSilent();
  }

  /** Asks for a sign of life, and whether writes work. */
  beat(): void {
    const client = this.#client;
    if (client === undefined) return;
    if (this.#isBeating) this.#reconnectIfDead();
    else void this.#askTheTime(client);
    this.#beats += 1;
    if (this.trouble !== undefined || this.#beats % WRITE_EVERY_BEATS === 0) void this.#tryWriting(client);
  }

  close(): void {
    this.#isClosed = true;
    this.reconnect();
    this.#tellReady();
  }

  async #keepConnected(): Promise<void> {
    let hurriedAt = -Infinity;
    for (;;) {
      const opened = await this.#open().catch((error: unknown) => {
        this.reason = error instanceof StoreUnavailable ? error.message : reasonOf(error);
        return undefined;
      });
      await opened?.ended;
      if (opened !== undefined && opened.client === this.#client) {
        this.#client = undefined;
        this.#life.fellSilent();
        this.reason = 'CONNECTION_LOST';
      }
      if (this.#isClosed) return;
      // A connection that is lost for the first time in a while is back at once.
      const mayHurry = opened !== undefined && performance.now() - hurriedAt > 5 * RECONNECT_DELAY;
      if (mayHurry) hurriedAt = performance.now();
      else await delay(RECONNECT_DELAY);
    }
  }

  /** A connection to where the server is now, which it is fit to serve on. */
  async #open(): Promise<OpenedClient | undefined> {
    const { settings, deadlines, log, observer } = this.#options;
    const address = await this.#options.address();
    this.#address = address;
    // Nothing invalidates the copies of the connection before.
    this.#near.invalidate(null);
    const opened = await openClient(settings, address, (key) => this.#near.invalidate(key));
    const { client } = opened;
    const askedAt = performance.now();
    try {
      const refused = await deadlines.of(refusals(client, this.#options.probeKey()), SILENT_AFTER);
      this.trouble = refused.find(({ word }) => !this.#options.isOfTopology(word));
      if (this.#isClosed || (this.trouble && (isMissing(this.trouble.word) || isElsewhere(this.trouble.word)))) {
        client.destroy();
        await delay(this.trouble !== undefined && isMissing(this.trouble.word) ? 5 * RECONNECT_DELAY : 0);
        return undefined;
      }
    } catch (error) {
      client.destroy();
      throw error;
    }
    // A script that Redis does not know yet takes a second round trip, and is overtaken by what was sent after it.
    for (const { SCRIPT } of Object.values(scripts)) client.scriptLoad(SCRIPT).catch(() => undefined);
    void warnOfOldServer(client, log);
    this.#client = client;
    this.#hasNear = opened.hasNear;
    this.withoutNearBecause = opened.withoutNearBecause;
    this.#life.connected(askedAt);
    this.#isBeating = false;
    this.#isInspecting = false;
    await this.#askTheTime(client);
    observer.connected();
    this.#tellReady();
    return opened;
  }

  #tellReady(): void {
    for (const resolve of this.#onReady.splice(0)) resolve();
  }

  async #askTheTime(client: NodeClient): Promise<void> {
    this.#isBeating = true;
    const askedAt = performance.now();
    try {
      const answer = askTime(client);
      this.#options.deadlines.of(answer, SILENT_AFTER).catch(() => {
        if (client === this.#client) this.#life.fellSilent();
      });
      const time = await answer;
      if (client !== this.#client) return;
      this.#life.told(time, askedAt);
    } catch {
      // The connection is lost, and the next one is under way.
    } finally {
      if (client === this.#client) this.#isBeating = false;
    }
  }

  #reconnectIfDead(): void {
    if (!this.#life.isDead) return;
    this.reason = 'no answer';
    this.reconnect();
  }

  /** Writes decide whether a server is up: TIME is answered by one that is full, read-only or without its cluster. */
  async #tryWriting(client: NodeClient): Promise<void> {
    if (this.#isInspecting) return;
    this.#isInspecting = true;
    try {
      const [worst] = (await refusals(client, this.#options.probeKey())).filter(
        ({ word }) => !this.#options.isOfTopology(word),
      );
      if (client !== this.#client) return;
      if (worst === undefined) this.trouble = undefined;
      else this.#refused(worst);
    } catch {
      // The connection is lost, and the next one is under way.
    } finally {
      if (client === this.#client) this.#isInspecting = false;
    }
  }

  #refused(refusal: Refusal): void {
    if (this.#options.isOfTopology(refusal.word)) return;
    this.trouble = refusal;
    if (isElsewhere(refusal.word)) this.reconnect();
  }

  toString(): string {
    return this.#address === undefined ? 'nowhere' : addressText(this.#address);
  }
}
