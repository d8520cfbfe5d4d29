import type { User } from '../domain/app.js';
import type { Milliseconds } from '../domain/clock.js';
import type { SessionKey } from '../domain/session-key.js';

/**
 * How many documents may still fail under each session key: a number of failures in a window that starts with the
 * first of them.
 *
 * Guarantees of every implementation: a try counts as failed until it has succeeded, once for all who ask, so that tries in
 * parallel cannot pass the limit; a try that is under way refuses no other one; only StoreUnavailable is thrown, and what
 * `open` throws, which leaves the try failed.
 */
export interface FailureBudget {
  /**
   * Makes a try with those of the keys that have failures left, and counts one failure for each of them if it fails. If none
   * of the keys has, no try is made and nothing is counted.
   *
   * @param user whose keys they are
   * @param keys those of the user's ring. A promise of them may be waited for while the failures are reserved; if it fails,
   *   no try is made, nothing is counted, and its error is thrown
   * @param open the try, with the keys that it may use in their order; undefined: it failed. A success stays counted as a
   *   failure if the store is lost afterwards
   */
  attempt<T>(
    user: User,
    keys: readonly SessionKey[] | Promise<readonly SessionKey[]>,
    open: (keys: readonly SessionKey[]) => T | undefined,
  ): Promise<Attempt<T>>;
}

export type Attempt<T> =
  | { readonly granted: true; readonly value: T | undefined }
  /** `retryAfter`: until the first of the keys has a fresh window. */
  | { readonly granted: false; readonly retryAfter: Milliseconds };
