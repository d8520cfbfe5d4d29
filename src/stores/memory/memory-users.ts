import type { LRUCache } from 'lru-cache';
import type { Fingerprint } from '../../crypto/fingerprint.js';
import { type User, userKey } from '../../domain/app.js';
import type { Instant } from '../../domain/clock.js';
import type { KeyRing } from '../../domain/key-ring.js';
import type { Session } from '../../domain/session.js';
import { growingLru } from './growing-lru.js';

/** What is kept of a user. */
export interface MemoryUser {
  readonly key: string;
  ring: KeyRing;
  ringEndsAt: Instant;
  /** The oldest first. */
  sessions: readonly MemorySession[];
}

export interface MemorySession {
  readonly tokenHash: Fingerprint;
  readonly owner: MemoryUser;
  readonly session: Session;
  usedAt: Instant;
}

/**
 * Users and their sessions, each in a least-recently-used cache of its own. A use of a session is a use of its user: their
 * ring is evicted no sooner than their sessions, which end with it.
 */
export class MemoryUsers {
  readonly #users: LRUCache<string, MemoryUser>;
  readonly #sessions: LRUCache<Fingerprint, MemorySession>;

  /** @param max sessions, and users: one more evicts the least recently used */
  constructor(max: number) {
    this.#sessions = growingLru(max, (ended) => {
      ended.owner.sessions = ended.owner.sessions.filter((session) => session !== ended);
    });
    this.#users = growingLru(max, ({ sessions }) => {
      for (const session of sessions) this.end(session);
    });
  }

  /** Sessions held, ended ones that were not looked for included. */
  get sessionCount(): number {
    return this.#sessions.size;
  }

  user(user: User): MemoryUser | undefined {
    return this.#users.get(userKey(user));
  }

  /** The user's record, a new one if there is none. */
  userToChange(user: User): MemoryUser {
    const known = this.user(user);
    if (known !== undefined) return known;
    const added: MemoryUser = { key: userKey(user), ring: [], ringEndsAt: 0, sessions: [] };
    this.#users.set(added.key, added);
    return added;
  }

  /** The session of this token, live or not. */
  session(tokenHash: Fingerprint): MemorySession | undefined {
    return this.#sessions.get(tokenHash);
  }

  start(session: MemorySession): void {
    session.owner.sessions = [...session.owner.sessions, session];
    this.#sessions.set(session.tokenHash, session);
  }

  use(session: MemorySession, now: Instant): void {
    session.usedAt = now;
    this.#users.get(session.owner.key);
  }

  end({ tokenHash }: MemorySession): void {
    this.#sessions.delete(tokenHash);
  }
}
