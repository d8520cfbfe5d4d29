import { LRUCache } from 'lru-cache';
import type { Fingerprint } from '../../crypto/fingerprint.js';
import { type User, userKey } from '../../domain/app.js';
import type { Clock, Instant, Milliseconds } from '../../domain/clock.js';
import type { Session } from '../../domain/session.js';
import type { NewSession, SessionStore } from '../session-store.js';

export interface MemorySessionStoreOptions {
  readonly clock: Clock;
  /** Sessions in all; one more ends the least recently used. */
  readonly max: number;
  /** Sessions of one user; one more ends the oldest. */
  readonly perUser: number;
  /** A session unused for that long ends. */
  readonly idle: Milliseconds;
  /** A session ends after that long, used or not. */
  readonly absolute: Milliseconds;
}

interface Entry {
  readonly session: Session;
  lastUsedAt: Instant;
}

/** Sessions in this process. */
export class MemorySessionStore implements SessionStore {
  readonly #options: MemorySessionStoreOptions;
  readonly #entries: LRUCache<Fingerprint, Entry>;
  /** The tokens of each user, the oldest first. Bounded by the entries: a token leaves with its entry. */
  readonly #tokens = new Map<string, readonly Fingerprint[]>();

  constructor(options: MemorySessionStoreOptions) {
    this.#options = options;
    this.#entries = new LRUCache({
      max: options.max,
      dispose: (entry, token) => this.#forget(entry.session, token),
    });
  }

  async create(token: Fingerprint, { appId, openId, unionId }: NewSession): Promise<Session> {
    const now = this.#options.clock.now();
    const session = { appId, openId, unionId, createdAt: now, expiresAt: now + this.#options.absolute };
    this.#endOldest(session, this.#options.perUser - 1);
    this.#tokens.set(userKey(session), [...this.#tokensOf(session), token]);
    this.#entries.set(token, { session, lastUsedAt: now });
    return session;
  }

  async find(token: Fingerprint): Promise<Session | undefined> {
    const entry = this.#entries.get(token);
    if (entry === undefined) return undefined;
    if (!this.#isLive(entry)) {
      this.#entries.delete(token);
      return undefined;
    }
    entry.lastUsedAt = this.#options.clock.now();
    return entry.session;
  }

  async revoke(token: Fingerprint): Promise<number> {
    const entry = this.#entries.peek(token);
    this.#entries.delete(token);
    return entry !== undefined && this.#isLive(entry) ? 1 : 0;
  }

  async revokeAll(user: User): Promise<number> {
    let ended = 0;
    for (const token of this.#tokensOf(user)) ended += await this.revoke(token);
    return ended;
  }

  #isLive({ session, lastUsedAt }: Entry): boolean {
    const now = this.#options.clock.now();
    return now < session.expiresAt && now < lastUsedAt + this.#options.idle;
  }

  /** Ends the user's expired sessions, and the oldest of the others until `left` are left. */
  #endOldest(user: User, left: number): void {
    const live = this.#tokensOf(user).filter((token) => {
      const entry = this.#entries.peek(token);
      if (entry !== undefined && this.#isLive(entry)) return true;
      this.#entries.delete(token);
      return false;
    });
    for (const token of live.slice(0, Math.max(0, live.length - left))) this.#entries.delete(token);
  }

  #tokensOf(user: User): readonly Fingerprint[] {
    return this.#tokens.get(userKey(user)) ?? [];
  }

  #forget(user: User, token: Fingerprint): void {
    const left = this.#tokensOf(user).filter((other) => other !== token);
    if (left.length > 0) this.#tokens.set(userKey(user), left);
    else this.#tokens.delete(userKey(user));
  }
}
