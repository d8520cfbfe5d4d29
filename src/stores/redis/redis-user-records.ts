import { fingerprint } from '../../crypto/fingerprint.js';
import type { StoreSeal } from '../../crypto/store-seal.js';
import type { User } from '../../domain/app.js';
import type { Instant, Milliseconds } from '../../domain/clock.js';
import type { LearnedKey } from '../../domain/key-ring.js';
import type { Log } from '../../domain/log.js';
import { StoreUnavailable } from '../store-unavailable.js';
import { userName } from './key-names.js';
import type { RedisConnection } from './redis-connection.js';
import {
  baseRecord,
  type ListedSession,
  loginLine,
  readKeys,
  readList,
  sessionLine,
  type UserKeys,
  type UserList,
} from './user-record.js';

/** Characters for logins of one user before the record is made short, beside the sessions that they may have. */
const MAX_LOGINS = 16_384;
/** Characters, at most. */
const SESSION_LINE = 64;
/** Full records are tidied up and tried again that often. */
const MAX_TRIES = 3;

export interface RedisUserRecordsOptions {
  readonly redis: RedisConnection;
  readonly seal: StoreSeal;
  /** How long a record is kept after its last login or noted use: no shorter than a session may live without a use. */
  readonly keep: Milliseconds;
  /** Sessions that a user may have. */
  readonly perUser: number;
  /** How long a login may take, the connection's return included; by default what any command may take. */
  readonly patience?: Milliseconds;
  readonly log: Log;
}

/** A user's list as it was read, and the record that it stands in. */
export interface StoredList extends UserList {
  readonly record: string | null;
}

/** The users' records in Redis: one key a user, on which the failure counts of the user share a slot. */
export class RedisUserRecords {
  readonly #options: RedisUserRecordsOptions;
  /** Characters of a record that takes no more lines. */
  readonly full: number;

  constructor(options: RedisUserRecordsOptions) {
    this.#options = options;
    this.full = MAX_LOGINS + SESSION_LINE * options.perUser;
  }

  /** The keys of a near copy. */
  async nearKeys(user: User): Promise<UserKeys> {
    const name = userName(user);
    const { redis, seal } = this.#options;
    const near = await redis.near(name, (record) => (record === null ? undefined : readKeys(seal, name, record)));
    return near ?? readKeys(seal, name, null);
  }

  async keys(user: User): Promise<UserKeys> {
    return readKeys(this.#options.seal, userName(user), await this.#read(user));
  }

  async sessions(user: User): Promise<StoredList> {
    const record = await this.#read(user);
    return { record, ...readList(record) };
  }

  /** Appends a login without reading the record first, and tells what the list came to. */
  async append(user: User, session: ListedSession, learned: LearnedKey): Promise<StoredList> {
    const { redis, seal, keep, patience } = this.#options;
    const name = userName(user);
    const line = loginLine(seal, name, session, learned);
    for (let i = 0; i < MAX_TRIES; i += 1) {
      const record = await redis.run(
        (client) => client.appendLogin([name], [line, String(keep), String(this.full)]),
        patience,
      );
      if (record !== null) return { record, ...readList(record) };
      const full = await this.sessions(user);
      await this.compact(
        user,
        full,
        full.sessions.filter(({ endsAt }) => endsAt > redis.now()),
      );
    }
    throw new StoreUnavailable('A user logs in too often');
  }

  /** Notes until when a session may live, and lists it if its user's record does not have it. */
  async list(user: User, session: ListedSession): Promise<void> {
    const { redis, keep } = this.#options;
    const args = [sessionLine(session), String(keep), String(this.full)];
    await redis.run((client) => client.listSession([userName(user)], args));
  }

  /** Notes that sessions have ended. */
  async unlist(user: User, hashes: readonly string[]): Promise<void> {
    await this.#options.redis.run((client) => client.unlistSessions([userName(user)], hashes));
  }

  /** Makes the record one base line and these of its sessions, unless it was changed since it was read. */
  async compact(user: User, { record }: StoredList, kept: readonly ListedSession[]): Promise<void> {
    if (record === null) return;
    const { redis, seal } = this.#options;
    const name = userName(user);
    const values = [record, baseRecord(seal, name, record, kept)];
    await redis.run((client) => client.replaceIfUnchanged([name], values));
  }

  /**
   * Notes in a record that it lacks a login of this version, so that the next login does not build on what was learned before
   * it; and says so in the log.
   */
  async reportRollback(user: User, version: Instant): Promise<void> {
    this.logRollback(user);
    await this.list(user, { hash: fingerprint('lost-login', String(version)), endsAt: 0, version });
  }

  logRollback({ appId }: User): void {
    this.#options.log.error(
      { appId, reason: 'KEY_RING_ROLLED_BACK' },
      'a key ring in Redis is older than a session that has seen it: Redis was rolled back or written to by another; the ring is not used',
    );
  }

  #read(user: User): Promise<string | null> {
    return this.#options.redis.read(userName(user));
  }
}
