import { LRUCache } from 'lru-cache';
import { type User, userKey } from '../../domain/app.js';
import type { Clock, Instant, Milliseconds } from '../../domain/clock.js';
import type { KeyRing } from '../../domain/key-ring.js';
import type { KeyRingStore } from '../key-ring-store.js';

export interface MemoryKeyRingStoreOptions {
  readonly clock: Clock;
  /** Rings in all; one more drops the least recently used. */
  readonly max: number;
  /** How long a ring is kept after its last change. */
  readonly keep: Milliseconds;
}

/** Key rings in this process. */
export class MemoryKeyRingStore implements KeyRingStore {
  readonly #clock: Clock;
  readonly #keep: Milliseconds;
  readonly #rings: LRUCache<string, { readonly ring: KeyRing; readonly expiresAt: Instant }>;

  constructor({ clock, max, keep }: MemoryKeyRingStoreOptions) {
    this.#clock = clock;
    this.#keep = keep;
    this.#rings = new LRUCache({ max });
  }

  async find(user: User): Promise<KeyRing> {
    return this.#find(user);
  }

  async update(user: User, change: (ring: KeyRing) => KeyRing): Promise<void> {
    const ring = change(this.#find(user));
    this.#rings.set(userKey(user), { ring, expiresAt: this.#clock.now() + this.#keep });
  }

  #find(user: User): KeyRing {
    const entry = this.#rings.get(userKey(user));
    return entry !== undefined && this.#clock.now() < entry.expiresAt ? entry.ring : [];
  }
}
