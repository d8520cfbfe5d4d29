import type { User } from '../../domain/app.js';
import type { Clock, Instant } from '../../domain/clock.js';
import type { KeyRing } from '../../domain/key-ring.js';
import type { KeyRingStore } from '../key-ring-store.js';
import type { MemoryUser, MemoryUsers } from './memory-users.js';

export interface MemoryKeyRingStoreOptions {
  readonly clock: Clock;
  /** Shared with the session store, which changes the rings. */
  readonly users: MemoryUsers;
}

/** Key rings in this process. */
export class MemoryKeyRingStore implements KeyRingStore {
  readonly #options: MemoryKeyRingStoreOptions;

  constructor(options: MemoryKeyRingStoreOptions) {
    this.#options = options;
  }

  async find(user: User): Promise<KeyRing> {
    const { users, clock } = this.#options;
    const found = users.user(user);
    return found === undefined ? [] : ringOf(found, clock.now());
  }
}

export function ringOf({ ring, ringEndsAt }: MemoryUser, now: Instant): KeyRing {
  return now < ringEndsAt ? ring : [];
}
