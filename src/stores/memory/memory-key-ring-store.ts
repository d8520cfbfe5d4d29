import type { User } from '../../domain/app.js';
import type { Clock, Milliseconds } from '../../domain/clock.js';
import type { KeyRing } from '../../domain/key-ring.js';
import type { KeyRingStore } from '../key-ring-store.js';
import { ringOf, recordKey, withRing } from './packed-user.js';
import type { UserRecords } from './user-records.js';

export interface MemoryKeyRingStoreOptions {
  readonly clock: Clock;
  /** The users' records, shared with the session store. */
  readonly users: UserRecords;
  /** How long a ring is kept after its last change. */
  readonly keep: Milliseconds;
}

/** Key rings in this process. */
export class MemoryKeyRingStore implements KeyRingStore {
  readonly #options: MemoryKeyRingStoreOptions;

  constructor(options: MemoryKeyRingStoreOptions) {
    this.#options = options;
  }

  async find(user: User): Promise<KeyRing> {
    return this.#ring(this.#options.users.get(recordKey(user))?.record);
  }

  async update(user: User, change: (ring: KeyRing) => KeyRing): Promise<void> {
    const { users, clock, keep } = this.#options;
    users.update(recordKey(user), (record) => withRing(record, change(this.#ring(record)), clock.now() + keep));
  }

  #ring(record: string | undefined): KeyRing {
    return record === undefined ? [] : ringOf(record, this.#options.clock.now());
  }
}
