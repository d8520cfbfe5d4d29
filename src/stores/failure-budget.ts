import type { User } from '../domain/app.js';
import type { Milliseconds } from '../domain/clock.js';
import type { SessionKey } from '../domain/session-key.js';

/**
 * How many documents may still fail under each session key: a number of failures in a window that starts with the
 * first of them.
 *
 * Guarantees of every implementation: a try counts as failed until it has succeeded, once for all who ask, so that tries in
 * parallel cannot pass the limit; only StoreUnavailable is thrown, and what `open` throws, which leaves the try failed.
 */
export interface FailureBudget {
  /**
   * Makes a try, and counts one failure for every one of these keys where it fails; or makes none and counts none where one
   * of the keys has no failure left.
   *
   * @param user whose keys they are
   * @param open the try; undefined: it failed. Where a store cannot be reached afterwards, a success stays counted
   */
  attempt<T>(user: User, keys: readonly SessionKey[], open: () => T | undefined): Promise<Attempt<T>>;
}

export type Attempt<T> =
  | { readonly granted: true; readonly value: T | undefined }
  /** `retryAfter`: until every spent key among them has a fresh window. */
  | { readonly granted: false; readonly retryAfter: Milliseconds };
