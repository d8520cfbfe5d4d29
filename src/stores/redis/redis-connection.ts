import { createClient } from 'redis';
import type { Clock, Instant, Milliseconds } from '../../domain/clock.js';
import type { Log } from '../../domain/log.js';
import { StoreUnavailable } from '../store-unavailable.js';
import { scripts } from './scripts.js';

/** A command that is not answered by then is given up. */
const COMMAND_DEADLINE: Milliseconds = 100;
/** How often Redis is asked for the time, which is also how it shows that it lives. */
const HEARTBEAT: Milliseconds = 250;
/** Without a sign of life for that long, near copies are not served and commands are not sent. */
const SILENT_AFTER: Milliseconds = 1_000;
/** Without a sign of life for that long, the connection is made anew: it may be dead without having been closed. */
const RECONNECT_AFTER: Milliseconds = 3_000;
const RECONNECT_DELAY: Milliseconds = 200;
/** Commands that wait for an answer; one more fails at once. */
const MAX_COMMANDS = 10_000;

export interface RedisConnectionOptions {
  readonly url: string;
  readonly log: Log;
  /** Near copies at most; the least recently used goes. */
  readonly maxNear: number;
}

type Client = ReturnType<typeof newClient>;

/**
 * The line to Redis: every command has a deadline, nothing queues without bound, and its time is Redis's own, so that
 * gateways whose clocks differ agree.
 */
export class RedisConnection implements Clock {
  readonly #options: RedisConnectionOptions;
  readonly #heartbeat: NodeJS.Timeout;
  #client: Client;
  /** Of the monotonic clock, which a paused process or a corrected clock cannot deceive. */
  #lastSignOfLife = -Infinity;
  #connectingSince: number;
  #heartbeatUnderWay = false;
  /** Redis's time less the monotonic clock. */
  #offset = Date.now() - performance.now();
  #reportedAlive: boolean | undefined;

  constructor(options: RedisConnectionOptions) {
    this.#options = options;
    this.#client = newClient(options);
    this.#connectingSince = performance.now();
    this.#heartbeat = setInterval(() => void this.#beat(), HEARTBEAT);
  }

  /** Waits for the first sign of life, or for as long as a connection may take; a gateway starts without Redis too. */
  async ready(): Promise<void> {
    await this.#beat();
    for (let i = 0; i < 20 && !this.isAlive(); i += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      await this.#beat();
    }
  }

  /** Redis's time, as far as it has been told lately. */
  now(): Instant {
    return Math.round(performance.now() + this.#offset);
  }

  isAlive(): boolean {
    return performance.now() - this.#lastSignOfLife < SILENT_AFTER;
  }

  /**
   * Runs commands that go out in one write, and are answered in one round trip.
   *
   * @throws StoreUnavailable where there is no answer in time, whatever Redis did
   */
  async run<T>(commands: (client: Client) => Promise<T>): Promise<T> {
    if (!this.isAlive()) throw new StoreUnavailable('Redis is silent');
    const answer = await withDeadline(commands(this.#client));
    this.#lastSignOfLife = performance.now();
    return answer;
  }

  /**
   * The value of a key: a near copy where there is one, which Redis invalidates when the key changes. It is served only
   * while the line is known to live, for an invalidation could not come otherwise.
   */
  async near(key: string): Promise<string | null> {
    if (!this.isAlive()) throw new StoreUnavailable('Redis is silent');
    return withDeadline(this.#client.get(key));
  }

  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    this.#client.destroy();
  }

  async #beat(): Promise<void> {
    this.#report();
    if (this.#heartbeatUnderWay) {
      this.#reconnectIfDead();
      return;
    }
    this.#heartbeatUnderWay = true;
    const client = this.#client;
    const askedAt = performance.now();
    try {
      const [seconds, microseconds] = await client.sendCommand<[string, string]>(['TIME']);
      const answeredAt = performance.now();
      const time = Number(seconds) * 1000 + Number(microseconds) / 1000;
      if (client === this.#client) {
        this.#offset = time - (askedAt + answeredAt) / 2;
        this.#lastSignOfLife = answeredAt;
      }
    } catch {
      // The line is down; the client reconnects by itself.
    } finally {
      if (client === this.#client) this.#heartbeatUnderWay = false;
    }
  }

  #reconnectIfDead(): void {
    const now = performance.now();
    if (now - Math.max(this.#lastSignOfLife, this.#connectingSince) < RECONNECT_AFTER) return;
    this.#client.destroy();
    this.#client = newClient(this.#options);
    this.#connectingSince = now;
    this.#heartbeatUnderWay = false;
  }

  /** One line in the log when the store is lost, and one when it is back. */
  #report(): void {
    const alive = this.isAlive();
    if (this.#reportedAlive === alive) return;
    if (this.#reportedAlive === true) this.#options.log.error({}, 'Redis is lost: answering SERVICE_UNAVAILABLE');
    else if (alive) this.#options.log.info({}, 'Redis is there');
    this.#reportedAlive = alive;
  }
}

function newClient({ url, maxNear }: RedisConnectionOptions) {
  const client = createClient({
    url,
    RESP: 3,
    scripts,
    clientSideCache: { maxEntries: maxNear, ttl: 0, evictPolicy: 'LRU', recordStats: false },
    disableOfflineQueue: true,
    commandsQueueMaxLength: MAX_COMMANDS,
    socket: { connectTimeout: 1_000, reconnectStrategy: () => RECONNECT_DELAY },
    // `run` has a deadline of its own; the client's would cost a signal for every command.
    commandOptions: { timeout: 0 },
  });
  // Without a listener an error event ends the process; the heartbeat reports the state.
  client.on('error', () => undefined);
  client.connect().catch(() => undefined);
  return client;
}

async function withDeadline<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new StoreUnavailable('Redis did not answer in time')), COMMAND_DEADLINE);
  });
  try {
    return await Promise.race([answer, deadline]);
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    throw new StoreUnavailable('Redis could not be reached', { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
