import { setTimeout as delay } from 'node:timers/promises';
import type { Milliseconds } from '../../domain/clock.js';
import { type Address, addressText } from '../../domain/redis-settings.js';
import { StoreUnavailable } from '../store-unavailable.js';
import { type Kept, NearCopies } from './near-copies.js';
import type { NodeClient } from './node-client.js';
import { NodeConnection, type NodeConnectionOptions } from './node-connection.js';
import { isMissing, reasonOf, type Refusal } from './refusal.js';

const RECONNECT_DELAY: Milliseconds = 200;

export interface LineOptions extends NodeConnectionOptions {
  /** Near copies at most; the least recently used goes. */
  readonly maxNear: number;
  /** Where the server is, asked before each connection. */
  readonly address: () => Promise<Address>;
}

/** The line to one server: one connection at a time, made anew when it is lost, and the near copies of its keys. */
export class Line {
  readonly #options: LineOptions;
  readonly #near: NearCopies;
  /** The connection there is, or the last one that was: what it told holds until the next one. */
  #connection: NodeConnection | undefined;
  #address: Address | undefined;
  #isClosed = false;
  #onReady: (() => void)[] = [];
  /** Why the line was lost last. */
  reason = 'no answer';

  constructor(options: LineOptions) {
    this.#options = options;
    this.#near = new NearCopies(options.maxNear);
    void this.#keepConnected();
  }

  /** Whether commands are sent. */
  get isAnswering(): boolean {
    return this.#connection?.isAnswering ?? false;
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
    return this.#connection?.hasNear ?? false;
  }

  /** Why there are no near copies. */
  get withoutNearBecause(): string | undefined {
    return this.#connection?.withoutNearBecause;
  }

  /** Whether near copies may be served: an invalidation could not come over a dead line. */
  get isFresh(): boolean {
    return this.#connection?.isFresh ?? false;
  }

  /** The server's time less the monotonic clock; undefined as long as it was not told. */
  get offset(): number | undefined {
    return this.#connection?.life.offset;
  }

  /** The last answer to a heartbeat took that long. */
  get roundTrip(): Milliseconds {
    return this.#connection?.life.roundTrip ?? 0;
  }

  /** What the server refused, until a write works again. */
  get trouble(): Refusal | undefined {
    return this.#connection?.trouble;
  }

  /**
   * Sends commands that the server answers in one round trip, without a deadline.
   *
   * @param command its name, for the log
   * @throws StoreUnavailable if the line is not there or silent; what the server or the client says otherwise
   */
  call<T>(command: string, send: (client: NodeClient) => Promise<T>): Promise<T> {
    return this.#connection?.call(command, send) ?? Promise.reject(new StoreUnavailable('Redis is silent'));
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
    this.#connection?.close();
  }

  /** Asks for a sign of life, and whether writes work. */
  beat(): void {
    const connection = this.#connection;
    if (connection === undefined || connection.isClosed) return;
    if (connection.isDead) {
      this.reason = 'no answer';
      this.reconnect();
    } else {
      connection.beat();
    }
  }

  close(): void {
    this.#isClosed = true;
    this.reconnect();
    this.#tellReady();
  }

  async #keepConnected(): Promise<void> {
    let hurriedAt = -Infinity;
    for (;;) {
      const connection = await this.#connect().catch((error: unknown) => {
        this.reason = error instanceof StoreUnavailable ? error.message : reasonOf(error);
        return undefined;
      });
      await connection?.ended;
      if (connection?.isClosed === false) {
        this.reason = 'CONNECTION_LOST';
        connection.close();
      }
      if (this.#isClosed) return;
      // A connection that is lost for the first time in a while is back at once.
      const mayHurry = connection !== undefined && performance.now() - hurriedAt > 5 * RECONNECT_DELAY;
      if (mayHurry) hurriedAt = performance.now();
      else await delay(RECONNECT_DELAY);
    }
  }

  /** A connection to where the server is now; undefined if it is not fit to serve. */
  async #connect(): Promise<NodeConnection | undefined> {
    const address = await this.#options.address();
    this.#address = address;
    // Nothing invalidates the copies of the connection before.
    this.#near.invalidate(null);
    const connection = await NodeConnection.open(this.#options, address, (key) => this.#near.invalidate(key));
    this.#connection = connection;
    if (this.#isClosed) connection.close();
    if (connection.isClosed) {
      await delay(this.trouble !== undefined && isMissing(this.trouble.word) ? 5 * RECONNECT_DELAY : 0);
      return undefined;
    }
    await connection.start();
    this.#options.observer.connected();
    this.#tellReady();
    return connection;
  }

  #tellReady(): void {
    for (const resolve of this.#onReady.splice(0)) resolve();
  }

  toString(): string {
    return this.#address === undefined ? 'nowhere' : addressText(this.#address);
  }
}
