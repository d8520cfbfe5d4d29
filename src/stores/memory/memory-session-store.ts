import type { Fingerprint } from '../../crypto/fingerprint.js';
import type { User } from '../../domain/app.js';
import type { Clock, Milliseconds } from '../../domain/clock.js';
import type { Session } from '../../domain/session.js';
import type { NewSession, SessionStore } from '../session-store.js';
import { packedId, packedInstant } from './packed-bytes.js';
import {
  appIdOf,
  openIdOf,
  type FoundSession,
  type PackedSession,
  recordKey,
  sessionOf,
  sessionsOf,
  withSessions,
} from './packed-user.js';
import { RecordIndex } from './record-index.js';
import type { UserRecord, UserRecords } from './user-records.js';

export interface MemorySessionStoreOptions {
  readonly clock: Clock;
  /** The users' records, shared with the key ring store. A session ends with its user's record. */
  readonly users: UserRecords;
  /** Sessions in all; one more ends the least recently used. */
  readonly max: number;
  /** Sessions of one user; one more ends the oldest. */
  readonly perUser: number;
  /** A session unused for that long ends. */
  readonly idle: Milliseconds;
  /** A session ends after that long, used or not. */
  readonly absolute: Milliseconds;
}

interface OwnedSession {
  readonly owner: UserRecord;
  readonly session: FoundSession;
}

/** Sessions in this process: each in its user's record, which is found by the token. */
export class MemorySessionStore implements SessionStore {
  readonly #options: MemorySessionStoreOptions;
  /**
   * The number of the user's record for each token. What is not here is no session, whatever a record says.
   */
  readonly #owners: RecordIndex<OwnedSession>;

  constructor(options: MemorySessionStoreOptions) {
    const { users, max } = options;
    this.#options = options;
    this.#owners = new RecordIndex({
      max,
      // The record may have been dropped since, and another user's be here: only theirs has the token in it.
      read: (number, tokenId) => {
        const owner = users.at(number);
        const session = sessionOf(owner?.record, tokenId);
        return owner && session && { owner, session };
      },
    });
  }

  async create(token: Fingerprint, { unionId, ...user }: NewSession): Promise<Session> {
    const { clock, users, perUser } = this.#options;
    const now = clock.now();
    const key = recordKey(user);
    const session = { tokenId: packedId(token), createdAt: now, usedAt: now, unionId };
    const number = users.update(key, (record) => {
      const others = this.#live(record);
      const ended = others.splice(0, Math.max(0, others.length - perUser + 1));
      for (const { tokenId: oldest } of ended) this.#owners.delete(oldest);
      return withSessions(record, [...others, session]);
    });
    this.#owners.add(session.tokenId, number);
    return this.#session(key, session);
  }

  async find(token: Fingerprint): Promise<Session | undefined> {
    const id = packedId(token);
    const found = this.#owners.get(id);
    if (found === undefined) return undefined;
    const { owner, session } = found;
    if (!this.#isLive(session)) {
      this.#owners.delete(id);
      return undefined;
    }
    const { users, clock } = this.#options;
    users.use(owner);
    users.overwrite(owner, session.usedAtPlace, packedInstant(clock.now()));
    return this.#session(owner.key, session);
  }

  async revoke(token: Fingerprint): Promise<number> {
    const id = packedId(token);
    const found = this.#owners.peek(id);
    return this.#end(found?.owner, ({ tokenId: other }) => other === id);
  }

  async revokeAll(user: User): Promise<number> {
    return this.#end(this.#options.users.peek(recordKey(user)), () => true);
  }

  /** Ends those of a user's sessions, and tells how many of them were live. */
  #end(owner: UserRecord | undefined, isMeant: (session: PackedSession) => boolean): number {
    if (owner === undefined) return 0;
    const live = this.#live(owner.record);
    const ended = live.filter(isMeant);
    for (const { tokenId: id } of ended) this.#owners.delete(id);
    const left = live.filter((session) => !isMeant(session));
    this.#options.users.write(owner, withSessions(owner.record, left));
    return ended.length;
  }

  #live(record: string | undefined): PackedSession[] {
    return sessionsOf(record).filter(
      (session) => this.#owners.peek(session.tokenId) !== undefined && this.#isLive(session),
    );
  }

  #isLive({ createdAt, usedAt }: PackedSession): boolean {
    const { clock, idle, absolute } = this.#options;
    return clock.now() < Math.min(usedAt + idle, createdAt + absolute);
  }

  #session(key: string, { createdAt, unionId }: PackedSession): Session {
    return {
      appId: appIdOf(key),
      openId: openIdOf(key),
      unionId,
      createdAt,
      expiresAt: createdAt + this.#options.absolute,
    };
  }
}
