import type { Fingerprint } from '../crypto/fingerprint.js';
import type { User } from '../domain/app.js';
import type { Milliseconds } from '../domain/clock.js';

/**
 * How many documents may still fail under each session key: a number of failures in a window that starts with the
 * first of them.
 *
 * Guarantees of every implementation: a failure is counted before it happens (reserve), once for all who ask, so that
 * tries in parallel cannot pass the limit; only StoreUnavailable is thrown.
 */
export interface FailureBudget {
  /**
   * Counts one failure for every one of these keys, or for none of them where one has no failure left.
   *
   * @param user whose keys they are
   */
  reserve(user: User, keys: readonly Fingerprint[]): Promise<Reservation>;
}

export type Reservation =
  /**
   * `giveBack` takes the counted failures back, once: they did not happen. It comes before every later reservation of this
   * process, and where the store cannot be reached the failures stay counted.
   */
  | { readonly granted: true; giveBack(): Promise<void> }
  /** `retryAfter`: until every spent key among them has a fresh window. */
  | { readonly granted: false; readonly retryAfter: Milliseconds };
