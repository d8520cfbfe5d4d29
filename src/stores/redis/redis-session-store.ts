import { LRUCache } from 'lru-cache';
import type { Fingerprint } from '../../crypto/fingerprint.js';
import type { User } from '../../domain/app.js';
import type { Instant, Milliseconds } from '../../domain/clock.js';
import type { Session } from '../../domain/session.js';
import type { NewSession, SessionStore } from '../session-store.js';
import type { RedisConnection } from './redis-connection.js';
import { sessionKeyName, sessionListName } from './key-names.js';

export interface RedisSessionStoreOptions {
  readonly redis: RedisConnection;
  /** Sessions of one user; one more ends the oldest. */
  readonly perUser: number;
  /** A session unused for that long ends, up to `touchEvery` later. */
  readonly idle: Milliseconds;
  /** A session ends after that long, used or not. */
  readonly absolute: Milliseconds;
  /** Sessions of which this process remembers when it last told Redis of their use. */
  readonly maxNear: number;
  /**
   * How often at most Redis is told of a session's use: a write at every use would invalidate every near copy. A session
   * lives that much longer than its idle time in return. By default every tenth of the idle time, or minute.
   */
  readonly touchEvery?: Milliseconds;
}

const TOUCH_EVERY: Milliseconds = 60_000;

/** Sessions in Redis, one key each, with a list of tokens for each user. */
export class RedisSessionStore implements SessionStore {
  readonly #options: RedisSessionStoreOptions;
  readonly #touchEvery: Milliseconds;
  readonly #touched: LRUCache<Fingerprint, Instant>;

  constructor(options: RedisSessionStoreOptions) {
    this.#options = options;
    this.#touchEvery = options.touchEvery ?? Math.min(TOUCH_EVERY, Math.ceil(options.idle / 10));
    this.#touched = new LRUCache({ max: options.maxNear });
  }

  async create(token: Fingerprint, { appId, openId, unionId }: NewSession): Promise<Session> {
    const { redis, absolute, perUser } = this.#options;
    const now = redis.now();
    const session = { appId, openId, unionId, createdAt: now, expiresAt: now + absolute };
    const list = sessionListName(session);
    await this.#forgetEnded(session);
    const [, over] = await redis.run((client) =>
      Promise.all([
        client.set(sessionKeyName(token), JSON.stringify(session), {
          expiration: { type: 'PX', value: this.#timeToLive() },
        }),
        client.listSession([list], [token, String(absolute), String(perUser)]),
      ]),
    );
    if (over.length > 0) {
      // In this order: whoever dies in between leaves no living session off the list, which logout everywhere would miss.
      await redis.run((client) =>
        Promise.all([...over.map((old) => client.del(sessionKeyName(old as Fingerprint))), client.zRem(list, over)]),
      );
    }
    return session;
  }

  async find(token: Fingerprint): Promise<Session | undefined> {
    const { redis } = this.#options;
    const key = sessionKeyName(token);
    const now = redis.now();
    const touchedAt = this.#touched.get(token);
    if (touchedAt === undefined || now - touchedAt >= this.#touchEvery) {
      // Before the read: the change would invalidate the near copy that the read leaves.
      const alive = await redis.run((client) => client.pExpire(key, this.#timeToLive()));
      if (alive === 0) return undefined;
      this.#touched.set(token, now);
    }
    const text = await redis.near(key);
    const session = text === null ? undefined : (JSON.parse(text) as Session);
    return session !== undefined && now < session.expiresAt ? session : undefined;
  }

  async revoke(token: Fingerprint): Promise<number> {
    const { redis } = this.#options;
    const text = await redis.run((client) => client.getDel(sessionKeyName(token)));
    if (text === null) return 0;
    const session = JSON.parse(text) as Session;
    await redis.run((client) => client.zRem(sessionListName(session), token));
    return redis.now() < session.expiresAt ? 1 : 0;
  }

  async revokeAll(user: User, last?: Fingerprint): Promise<number> {
    const others = (await this.#tokens(user)).filter((token) => token !== last);
    const ended = await Promise.all(others.map((token) => this.revoke(token)));
    if (last !== undefined) ended.push(await this.revoke(last));
    return ended.reduce((sum, one) => sum + one, 0);
  }

  /** Takes sessions that ended by themselves off the user's list, so that they do not push out living ones. */
  async #forgetEnded(user: User): Promise<void> {
    const { redis, perUser } = this.#options;
    const tokens = await this.#tokens(user);
    if (tokens.length < perUser) return;
    const alive = await redis.run((client) => Promise.all(tokens.map((token) => client.exists(sessionKeyName(token)))));
    const ended = tokens.filter((_token, i) => alive[i] === 0);
    if (ended.length > 0) await redis.run((client) => client.zRem(sessionListName(user), ended));
  }

  async #tokens(user: User): Promise<Fingerprint[]> {
    const tokens = await this.#options.redis.run((client) => client.zRange(sessionListName(user), 0, -1));
    return tokens as Fingerprint[];
  }

  #timeToLive(): Milliseconds {
    return this.#options.idle + this.#touchEvery;
  }
}
