import { LRUCache } from 'lru-cache';
import type { Fingerprint } from '../../crypto/fingerprint.js';
import type { StoreSeal } from '../../crypto/store-seal.js';
import { newToken, type Token, tokenHash } from '../../crypto/token.js';
import type { User } from '../../domain/app.js';
import type { Instant, Milliseconds } from '../../domain/clock.js';
import type { KeyRing } from '../../domain/key-ring.js';
import type { Session } from '../../domain/session.js';
import type { NewlyCreated, NewSession, SessionStore } from '../session-store.js';
import { sessionKeyName, sessionListName } from './key-names.js';
import type { RedisConnection } from './redis-connection.js';
import type { RedisKeyRingStore } from './redis-key-ring-store.js';

export interface RedisSessionStoreOptions {
  readonly redis: RedisConnection;
  readonly seal: StoreSeal;
  readonly rings: RedisKeyRingStore;
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

/**
 * Sessions in Redis, one key each, with a list of token hashes for each user. A session is sealed and bound to the hash of
 * its token: one that was written by another, or copied to another token, does not exist.
 */
export class RedisSessionStore implements SessionStore {
  readonly #options: RedisSessionStoreOptions;
  readonly #touchEvery: Milliseconds;
  readonly #touched: LRUCache<Fingerprint, Instant>;

  constructor(options: RedisSessionStoreOptions) {
    this.#options = options;
    this.#touchEvery = options.touchEvery ?? Math.min(TOUCH_EVERY, Math.ceil(options.idle / 10));
    this.#touched = new LRUCache({ max: options.maxNear });
  }

  async create({ appId, openId, unionId }: NewSession, learn: (ring: KeyRing) => KeyRing): Promise<NewlyCreated> {
    const { redis, rings, absolute, perUser } = this.#options;
    const ringVersion = await rings.update({ appId, openId }, learn);
    const now = redis.now();
    const token = newToken();
    const hash = tokenHash(token);
    const session = { id: hash, appId, openId, unionId, createdAt: now, expiresAt: now + absolute, ringVersion };
    const list = sessionListName(session);
    await this.#forgetEnded(session);
    const [, over] = await redis.run((client) =>
      Promise.all([
        client.set(sessionKeyName(hash), this.#seal(hash, session), {
          expiration: { type: 'PX', value: this.#timeToLive() },
        }),
        client.listSession([list], [hash, String(absolute), String(perUser)]),
      ]),
    );
    if (over.length > 0) {
      // In this order: a process that dies in between leaves no living session off the list, which logout everywhere would miss.
      await redis.run((client) =>
        Promise.all([...over.map((old) => client.del(sessionKeyName(old as Fingerprint))), client.zRem(list, over)]),
      );
    }
    return { token, session };
  }

  find(token: Token): Promise<Session | undefined> {
    return this.findById(tokenHash(token));
  }

  async findById(hash: Fingerprint): Promise<Session | undefined> {
    const { redis } = this.#options;
    const key = sessionKeyName(hash);
    const now = redis.now();
    const touchedAt = this.#touched.get(hash);
    if (touchedAt === undefined || now - touchedAt >= this.#touchEvery) {
      // Before the read: the change would invalidate the near copy that the read leaves.
      const alive = await redis.run((client) => client.pExpire(key, this.#timeToLive()));
      if (alive === 0) return undefined;
      this.#touched.set(hash, now);
    }
    const session = this.#open(hash, await redis.near(key));
    return session !== undefined && now < session.expiresAt ? session : undefined;
  }

  async revoke(token: Token): Promise<number> {
    return this.#end(tokenHash(token));
  }

  async revokeAll(user: User, last?: Token): Promise<number> {
    const lastHash = last && tokenHash(last);
    const others = (await this.#listed(user)).filter((hash) => hash !== lastHash);
    const ended = await Promise.all(others.map((hash) => this.#end(hash)));
    if (lastHash !== undefined) ended.push(await this.#end(lastHash));
    return ended.reduce((sum, one) => sum + one, 0);
  }

  async #end(hash: Fingerprint): Promise<number> {
    const { redis } = this.#options;
    const session = this.#open(hash, await redis.run((client) => client.getDel(sessionKeyName(hash))));
    if (session === undefined) return 0;
    await redis.run((client) => client.zRem(sessionListName(session), hash));
    return redis.now() < session.expiresAt ? 1 : 0;
  }

  /** Takes sessions that ended by themselves off the user's list, so that they do not push out living ones. */
  async #forgetEnded(user: User): Promise<void> {
    const { redis, perUser } = this.#options;
    const hashes = await this.#listed(user);
    if (hashes.length < perUser) return;
    const alive = await redis.run((client) => Promise.all(hashes.map((hash) => client.exists(sessionKeyName(hash)))));
    const ended = hashes.filter((_hash, i) => alive[i] === 0);
    if (ended.length > 0) await redis.run((client) => client.zRem(sessionListName(user), ended));
  }

  async #listed(user: User): Promise<Fingerprint[]> {
    const hashes = await this.#options.redis.run((client) => client.zRange(sessionListName(user), 0, -1));
    return hashes as Fingerprint[];
  }

  #seal(hash: Fingerprint, session: Session): string {
    return this.#options.seal.seal(sessionKeyName(hash), JSON.stringify({ ...session, id: undefined }));
  }

  #open(hash: Fingerprint, sealed: string | null): Session | undefined {
    const text = sealed === null ? undefined : this.#options.seal.open(sessionKeyName(hash), sealed);
    // The record is bound to the hash, so its own name is the id.
    return text === undefined ? undefined : { ...(JSON.parse(text) as Omit<Session, 'id'>), id: hash };
  }

  #timeToLive(): Milliseconds {
    return this.#options.idle + this.#touchEvery;
  }
}
