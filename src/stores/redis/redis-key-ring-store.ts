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
    const session = 'id' in user ? user : undefined;
    const seen = session?.createdAt ?? 0;
    const near = await this.#records.nearKeys(user);
    // A near copy may lack a login that was made elsewhere just now. Versions alone do not tell: two logins may have the same
    // instant, or, at two gateways, instants in another order than Redis had them.
    const isCurrent = session === undefined || near.lists(session.id);
    if (isCurrent && near.version >= seen) return near.ring;
    const record = await this.#records.keys(user);
    if (record.version >= seen) return record.ring;
    // Nobody waits for this: the next session that misses its login notes it again.
    if (record.version > 0) this.#records.reportRollback(user, seen).catch(() => undefined);
    return [];
  }
}
