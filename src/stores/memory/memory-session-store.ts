import type { Fingerprint } from '../../crypto/fingerprint.js';
import { newToken, parseToken, type Token, tokenHash } from '../../crypto/token.js';
import type { User } from '../../domain/app.js';
import type { Clock, Milliseconds } from '../../domain/clock.js';
import { type LearnedKey, learn } from '../../domain/key-ring.js';
import type { Session } from '../../domain/session.js';
import type { NewlyCreated, NewSession, SessionStore } from '../session-store.js';
import { ringOf } from './memory-key-ring-store.js';
import type { MemorySession, MemoryUsers } from './memory-users.js';

export interface MemorySessionStoreOptions {
  readonly clock: Clock;
  /** Shared with the key ring store. */
  readonly users: MemoryUsers;
  /** Sessions of one user; one more ends the oldest. */
  readonly perUser: number;
  /** A session unused for that long ends. */
  readonly idle: Milliseconds;
  /** A session ends after that long, used or not. A key ring is kept as long after its last change. */
  readonly absolute: Milliseconds;
}

/** Sessions in this process. */
export class MemorySessionStore implements SessionStore {
  readonly #options: MemorySessionStoreOptions;

  constructor(options: MemorySessionStoreOptions) {
    this.#options = options;
  }

  async create({ appId, openId, unionId }: NewSession, learned: LearnedKey): Promise<NewlyCreated> {
    const { clock, users, perUser, absolute } = this.#options;
    const now = clock.now();
    const owner = users.userToChange({ appId, openId });
    owner.ring = learn(ringOf(owner, now), learned);
    owner.ringEndsAt = now + absolute;

    const live = owner.sessions.filter((session) => this.#isLive(session));
    const kept = live.slice(Math.max(0, live.length - perUser + 1));
    for (const session of owner.sessions) if (!kept.includes(session)) users.end(session);
    const token = newToken();
    const id = tokenHash(token);
    const session: Session = { id, appId, openId, unionId, createdAt: now, expiresAt: now + absolute };
    users.start({ tokenHash: id, owner, session, usedAt: now });
    return { token, session };
  }

  find(token: Token): Promise<Session | undefined> {
    return this.findById(tokenHash(token));
  }

  async findById(id: Fingerprint): Promise<Session | undefined> {
    const { users, clock } = this.#options;
    const found = users.session(id);
    if (found === undefined) return undefined;
    if (!this.#isLive(found)) {
      users.end(found);
      return undefined;
    }
    users.use(found, clock.now());
    return found.session;
  }

  note({ token }: NewlyCreated): string {
    return token;
  }

  async recall(note: string): Promise<NewlyCreated | undefined> {
    const token = parseToken(note);
    const session = token && (await this.find(token));
    return token && session && { token, session };
  }

  async revoke(token: Token): Promise<number> {
    const found = this.#options.users.session(tokenHash(token));
    return found === undefined ? 0 : this.#end([found]);
  }

  async revokeAll(user: User): Promise<number> {
    return this.#end(this.#options.users.user(user)?.sessions ?? []);
  }

  #end(sessions: readonly MemorySession[]): number {
    const live = sessions.filter((session) => this.#isLive(session));
    for (const session of sessions) this.#options.users.end(session);
    return live.length;
  }

  #isLive({ session, usedAt }: MemorySession): boolean {
    return this.#options.clock.now() < Math.min(usedAt + this.#options.idle, session.expiresAt);
  }
}
