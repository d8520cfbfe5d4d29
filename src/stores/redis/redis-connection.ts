import { createClient } from 'redis';
import type { Clock, Instant, Milliseconds } from '../../domain/clock.js';
import type { Log } from '../../domain/log.js';
import { StoreUnavailable } from '../store-unavailable.js';
import { Deadlines } from './deadlines.js';
import { NearCopies } from './near-copies.js';
import { scripts } from './scripts.js';

/** A command that is not answered by then is given up. */
export const COMMAND_DEADLINE: Milliseconds = 100;
/** How often Redis is asked for the time, which is also how it shows that it lives. */
const HEARTBEAT: Milliseconds = 250;
/** Near copies are served for that long after a question that Redis answered; later ones are asked for again. */
const NEAR_FOR: Milliseconds = 1_000;
/** A heartbeat that is not answered by then means that Redis is silent: commands are not sent any more. */
const SILENT_AFTER: Milliseconds = 1_000;
/** Without a sign of life for that long, the connection is made anew: it may be dead without having been closed. */
const RECONNECT_AFTER: Milliseconds = 3_000;
const RECONNECT_DELAY: Milliseconds = 200;
/** Commands that wait for an answer; one more fails at once. */
export const MAX_COMMANDS = 10_000;

export interface RedisConnectionOptions {
  readonly url: string;
  readonly log: Log;
  /** Near copies at most; the least recently used goes. */
  readonly maxNear: number;
}

export type Client = ReturnType<typeof newClient>;

/**
 * The line to Redis: every command has a deadline, nothing queues without bound, and its time is Redis's own, so that
 * gateways whose clocks differ agree.
 */
export class RedisConnection implements Clock {
  readonly #options: RedisConnectionOptions;
  readonly #deadlines = new Deadlines();
  #heartbeat: NodeJS.Timeout | undefined;
  #client: Client;
  /**
   * When the last question was asked that Redis answered, by the monotonic clock. Not when the answer was read: a paused
   * process may read it long after Redis gave it, and what Redis invalidated since may not come through any more.
   */
  #lastSignOfLife = -Infinity;
  #isSilent = true;
  #connectingSince: number;
  #heartbeatUnderWay = false;
  /** Redis's time less the monotonic clock. */
  #offset = Date.now() - performance.now();
  #reportedAlive: boolean | undefined;
  /** Why the line was lost last, for the log. */
  #lastError = 'no answer';

  constructor(options: RedisConnectionOptions) {
    this.#options = options;
    this.#client = newClient(options, this.#onError);
    this.#connectingSince = performance.now();
  }

  /**
   * Starts the heartbeat, after the first sign of life or as long as a connection may take: a gateway starts without Redis
   * too.
   */
  async ready(): Promise<void> {
    await this.#beat();
    for (let i = 0; i < 20 && !this.isAlive(); i += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      await this.#beat();
    }
    this.#report();
    this.#heartbeat ??= setInterval(() => {
      this.#report();
      void this.#beat();
    }, HEARTBEAT);
  }

  /** Redis's time, as far as it has been told lately. */
  now(): Instant {
    return Math.round(performance.now() + this.#offset);
  }

  /** Whether Redis answers, as far as the last heartbeat told. */
  isAlive(): boolean {
    return !this.#isSilent;
  }

  /**
   * Runs commands that go out in one write, and are answered in one round trip.
   *
   * @throws StoreUnavailable where there is no answer in time, whatever Redis did
   */
  async run<T>(commands: (client: Client) => Promise<T>): Promise<T> {
    if (this.#isSilent) throw new StoreUnavailable('Redis is silent');
    const client = this.#client;
    const askedAt = performance.now();
    const answer = await this.#deadlines.of(commands(client), COMMAND_DEADLINE);
    if (client === this.#client) this.#lastSignOfLife = Math.max(this.#lastSignOfLife, askedAt);
    return answer;
  }

  /**
   * The value of a key: a near copy where there is one, which Redis invalidates when the key changes. It is served only
   * while the line is known to live, for an invalidation could not come otherwise; Redis is asked then.
   */
  async near(key: string): Promise<string | null> {
    const isLineAlive = performance.now() - this.#lastSignOfLife < NEAR_FOR;
    if (!isLineAlive) return this.run((client) => client.sendCommand<string | null>(['GET', key]));
    // A near copy is no sign of life.
    return this.#deadlines.of(this.#client.get(key), COMMAND_DEADLINE);
  }

  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    this.#client.destroy();
  }

  async #beat(): Promise<void> {
    if (this.#heartbeatUnderWay) {
      this.#reconnectIfDead();
      return;
    }
    this.#heartbeatUnderWay = true;
    const client = this.#client;
    const askedAt = performance.now();
    try {
      const answer = client.sendCommand<[string, string]>(['TIME']);
      this.#deadlines.of(answer, SILENT_AFTER).catch(() => {
        if (client === this.#client) this.#isSilent = true;
      });
      const [seconds, microseconds] = await answer;
      if (client === this.#client) this.#learnTime(Number(seconds) * 1000 + Number(microseconds) / 1000, askedAt);
    } catch {
      // The line is down; the client reconnects by itself, unless it waits for a greeting that never comes.
      this.#reconnectIfDead();
    } finally {
      if (client === this.#client) this.#heartbeatUnderWay = false;
    }
  }

  #learnTime(time: Instant, askedAt: Milliseconds): void {
    const answeredAt = performance.now();
    // An answer that was long under way, or read long after, does not tell when Redis gave it.
    if (this.#isSilent || answeredAt - askedAt < COMMAND_DEADLINE) this.#offset = time - (askedAt + answeredAt) / 2;
    this.#lastSignOfLife = Math.max(this.#lastSignOfLife, askedAt);
    this.#isSilent = false;
  }

  #reconnectIfDead(): void {
    const now = performance.now();
    if (now - Math.max(this.#lastSignOfLife, this.#connectingSince) < RECONNECT_AFTER) return;
    this.#client.destroy();
    this.#client = newClient(this.#options, this.#onError);
    this.#connectingSince = now;
    this.#isSilent = true;
    this.#heartbeatUnderWay = false;
  }

  readonly #onError = (error: unknown): void => {
    const { code, message = '' } = error as { code?: unknown; message?: string };
    // Redis begins its refusals with such a word: WRONGPASS, NOAUTH. The rest of a message may hold an address or more.
    this.#lastError = typeof code === 'string' ? code : (/^[A-Z]{2,20}(?= )/.exec(message)?.[0] ?? 'unknown');
  };

  /** One line in the log when the store is lost, and one when it is back. */
  #report(): void {
    const alive = this.isAlive();
    if (this.#reportedAlive === alive) return;
    if (alive) this.#options.log.info({}, 'Redis is there');
    else this.#options.log.error({ reason: this.#lastError }, 'Redis is out of reach: answering SERVICE_UNAVAILABLE');
    this.#reportedAlive = alive;
  }
}

function newClient({ url, maxNear }: RedisConnectionOptions, onError: (error: unknown) => void) {
  const client = createClient({
    url,
    RESP: 3,
    scripts,
    clientSideCache: new NearCopies(maxNear),
    disableOfflineQueue: true,
    commandsQueueMaxLength: MAX_COMMANDS,
    socket: { connectTimeout: 1_000, reconnectStrategy: () => RECONNECT_DELAY },
    // `run` has a deadline of its own; the client's would cost a signal for every command.
    commandOptions: { timeout: 0 },
  });
  client.on('error', onError);
  // A script that Redis does not know yet takes a second round trip, and is overtaken by what was sent after it.
  client.on('ready', () => {
    for (const { SCRIPT } of Object.values(scripts)) client.scriptLoad(SCRIPT).catch(() => undefined);
  });
  client.connect().catch(() => undefined);
  return client;
}
