import type { User } from '../domain/app.js';
import type { KeyRing } from '../domain/key-ring.js';
import type { Session } from '../domain/session.js';

/**
 * The key rings, one a user, which SessionStore.create changes. A ring outlives the user's sessions: it is kept for a set
 * time after the last login, and as long as a session of the user lives.
 *
 * Guarantees of every implementation: a user without a ring, or with an expired one, has the empty ring; only
 * StoreUnavailable is thrown.
 */
export interface KeyRingStore {
  /** @param user a session, if there is one: a ring older than its login is not given */
  find(user: User | Session): Promise<KeyRing>;
}
