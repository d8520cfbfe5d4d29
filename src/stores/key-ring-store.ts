import type { User } from '../domain/app.js';
import type { KeyRing } from '../domain/key-ring.js';

/**
 * The key rings, one a user. A ring outlives the user's sessions: it is kept for a set time after it was last changed.
 *
 * Guarantees of every implementation: a user without a ring, or with an expired one, has the empty ring; of two changes
 * at once neither is lost; only StoreUnavailable is thrown.
 */
export interface KeyRingStore {
  find(user: User): Promise<KeyRing>;

  /**
   * Replaces the user's ring by what `change` makes of it.
   *
   * @param change pure; it may be called again when another change came between
   */
  update(user: User, change: (ring: KeyRing) => KeyRing): Promise<void>;
}
