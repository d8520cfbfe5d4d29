import { LRUCache } from 'lru-cache';
import type { Fingerprint } from '../../crypto/fingerprint.js';
import type { StoreSeal } from '../../crypto/store-seal.js';
import { newToken, type Token, tokenHash } from '../../crypto/token.js';
import type { User } from '../../domain/app.js';
import type { Instant, Milliseconds } from '../../domain/clock.js';
import type { LearnedKey } from '../../domain/key-ring.js';
import type { Session } from '../../domain/session.js';
import type { NewlyCreated, NewSession, SessionStore } from '../session-store.js';
import { onceName, sessionKeyName } from './key-names.js';
import type { RedisConnection } from './redis-connection.js';
import type { RedisUserRecords, StoredList } from './redis-user-records.js';
import type { SessionLife } from './session-life.js';
import { openSession, sealSession, type StoredSession } from './stored-session.js';

export interface RedisSessionStoreOptions {
  readonly redis: RedisConnection;
  readonly seal: StoreSeal;
  readonly records: RedisUserRecords;
  readonly life: SessionLife;
  /** Sessions of one user; one more ends the oldest. */
  readonly perUser: number;
  /** Sessions of which this process remembers when it last told Redis of their use: as many as there are near copies. */
  readonly maxNear: number;
  /** How long a start may take, the connection's return included; by default what any command may take. */
  readonly patience?: Milliseconds;
}

/** How long an answer to a login may be kept, which goes when its session ends. */
const MAX_REPLAY: Milliseconds = 300_000;
/** Keys of a record that are opened at each use of the ring before they are made one. */
const MAX_KEY_LINES = 4;
/** This process ended the session, or saw it end: Redis is asked before a near copy is believed. */
const ENDED: Instant = -Infinity;

/**
 * Sessions in Redis, one key each; their user's record lists them. A session is sealed and bound to the hash of its token:
 * one that was written by another, or copied to another token, does not exist.
 *
 * The list knows of a session before its client does, and no later than Redis of its use. So a process may die at any
 * point: what is lost is a session that nobody was told of, or a place on the list that stays taken for a while.
 */
export class RedisSessionStore implements SessionStore {
  readonly #options: RedisSessionStoreOptions;
  readonly #touched: LRUCache<Fingerprint, Instant>;

  constructor(options: RedisSessionStoreOptions) {
    this.#options = options;
    this.#touched = new LRUCache({ max: options.maxNear });
  }

  async create({ appId, openId, unionId }: NewSession, learned: LearnedKey, code?: Fingerprint): Promise<NewlyCreated> {
    const { redis, seal, records, life, patience } = this.#options;
    const now = redis.now();
    const token = newToken();
    const hash = tokenHash(token);
    const session = { id: hash, appId, openId, unionId, createdAt: now, expiresAt: now + life.absolute };
    const expiration = { type: 'PX', value: life.timeToLive } as const;
    const sealed = sealSession(seal, hash, { session, code });
    const writes = [
      records.append(session, { hash, endsAt: now + life.timeToLive, version: now }, learned),
      redis.run((client) => client.set(sessionKeyName(hash), sealed, { expiration }), patience),
    ] as const;
    const [list] = await Promise.all(writes).catch((error: unknown) => {
      // Nobody was told of it: it need not wait for its end on the list.
      unawaited(Promise.all([this.#end(hash), records.unlist(session, [hash])]));
      throw error;
    });
    this.#touched.set(hash, now);
    this.#tidy(session, list, now);
    return { token, session };
  }

  find(token: Token): Promise<Session | undefined> {
    return this.findById(tokenHash(token));
  }

  async findById(hash: Fingerprint): Promise<Session | undefined> {
    const { redis, seal, life } = this.#options;
    const key = sessionKeyName(hash);
    const now = redis.now();
    const touchedAt = this.#touched.get(hash);
    if (touchedAt !== undefined && now - touchedAt >= life.idle) {
      // Redis tells of a key that ran out when it comes across it, which may be later.
      const alive = await redis.run((client) => client.pExpire(key, life.timeToLive));
      if (alive === 0) return undefined;
    }
    const stored = await redis.near(key, (sealed) => openSession(seal, hash, sealed));
    const session = stored?.session;
    if (session === undefined || now >= session.expiresAt) return undefined;
    const isDue = touchedAt === undefined || now - touchedAt >= life.touchEvery;
    // Unless it was ended meanwhile: a use that is noted would hide that.
    if (isDue && this.#touched.get(hash) === touchedAt) this.#touch(hash, session, now);
    return session;
  }

  note({ token, session }: NewlyCreated): string {
    return JSON.stringify({ token, session });
  }

  async recall(note: string): Promise<NewlyCreated | undefined> {
    const { redis, life } = this.#options;
    const created = JSON.parse(note) as NewlyCreated;
    const { token, session } = created;
    if (this.#touched.get(tokenHash(token)) === ENDED) return undefined;
    // Until then it cannot have ended by itself, and who ended it has deleted the kept answer.
    if (redis.now() < Math.min(session.createdAt + life.idle, session.expiresAt)) return created;
    const found = await this.find(token);
    return found && { token, session: found };
  }

  async revoke(token: Token): Promise<number> {
    const hash = tokenHash(token);
    const ended = await this.#end(hash);
    if (ended === undefined) return 0;
    unawaited(this.#options.records.unlist(ended, [hash]));
    return this.#wasLive(ended);
  }

  async revokeAll(user: User, last?: Token): Promise<number> {
    const { records } = this.#options;
    const lastHash = last && tokenHash(last);
    const { sessions } = await records.sessions(user);
    const others = sessions.filter(({ hash, endsAt }) => endsAt > 0 && hash !== lastHash).map(({ hash }) => hash);
    const ended = await Promise.all(others.map((hash) => this.#end(hash)));
    if (lastHash !== undefined) ended.push(await this.#end(lastHash));
    unawaited(records.unlist(user, [...others, ...(lastHash === undefined ? [] : [lastHash])]));
    return ended.reduce((sum, one) => sum + (one === undefined ? 0 : this.#wasLive(one)), 0);
  }

  /** Ends a session, and with it the answer that is kept for its login's code. */
  async #end(hash: Fingerprint): Promise<Session | undefined> {
    const { redis, seal } = this.#options;
    this.#touched.set(hash, ENDED);
    const ended = openSession(seal, hash, await redis.run((client) => client.getDel(sessionKeyName(hash))));
    if (ended !== undefined) this.#forgetAnswer(ended);
    return ended?.session;
  }

  #forgetAnswer({ session, code }: StoredSession): void {
    const { redis } = this.#options;
    if (code === undefined || redis.now() - session.createdAt > MAX_REPLAY) return;
    unawaited(redis.run((client) => client.del(onceName(code, 'answer'))));
  }

  /**
   * Tells Redis of a use: the list first, so that it has the session for as long as the session lives. Nobody waits for it:
   * a use that is lost is told again at the next one.
   */
  #touch(hash: Fingerprint, session: Session, now: Instant): void {
    const { redis, seal, records, life } = this.#options;
    const key = sessionKeyName(hash);
    const left = Math.min(life.timeToLive, session.expiresAt - now);
    const touch = async () => {
      await records.list(session, { hash, endsAt: now + left, version: session.createdAt });
      const alive = await redis.run((client) => client.pExpire(key, left));
      // The change has invalidated the near copy.
      if (alive === 1) await redis.near(key, (sealed) => openSession(seal, hash, sealed));
      else await records.unlist(session, [hash]);
    };
    this.#touched.set(hash, now);
    touch().catch(() => this.#touched.delete(hash));
  }

  /** Ends a user's sessions beyond their number, the oldest first, and makes a long record short. Nobody waits for it. */
  #tidy(user: User, list: StoredList, now: Instant): void {
    const { records, perUser } = this.#options;
    const live = list.sessions.filter(({ endsAt }) => endsAt > now);
    const over = live.slice(0, Math.max(0, live.length - perUser));
    if (list.lacksKeys) records.logRollback(user);
    if (over.length === 0 && list.keyLines <= MAX_KEY_LINES && !list.lacksKeys) return;
    const ending = Promise.all(over.map(({ hash }) => this.#end(hash)));
    // They leave the list when they have ended: a process that dies before that leaves them to the next login.
    unawaited(ending.then(() => records.compact(user, list, live.slice(over.length))));
  }

  #wasLive({ expiresAt }: Session): number {
    return this.#options.redis.now() < expiresAt ? 1 : 0;
  }
}

/** Work that no answer waits for, and whose loss costs nothing that a client was told. */
function unawaited(work: Promise<unknown>): void {
  work.catch(() => undefined);
}
