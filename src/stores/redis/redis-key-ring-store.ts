import type { User } from '../../domain/app.js';
import type { KeyRing } from '../../domain/key-ring.js';
import type { Session } from '../../domain/session.js';
import type { KeyRingStore } from '../key-ring-store.js';
import type { RedisUserRecords } from './redis-user-records.js';

/** Key rings in Redis: what the logins in a user's record came to. */
export class RedisKeyRingStore implements KeyRingStore {
  readonly #records: RedisUserRecords;

  constructor(records: RedisUserRecords) {
    this.#records = records;
  }

  async find(user: User | Session): Promise<KeyRing> {
    const seen = 'createdAt' in user ? user.createdAt : 0;
    const near = await this.#records.nearKeys(user);
    if (near.version >= seen) return near.ring;
    // A near copy may be older than a session that was created elsewhere just now.
    const record = await this.#records.keys(user);
    if (record.version >= seen) return record.ring;
    // Nobody waits for this: the next session that misses its login notes it again.
    if (record.version > 0) this.#records.reportRollback(user, seen).catch(() => undefined);
    return [];
  }
}
