import type { Milliseconds } from '../domain/clock.js';
import type { RateLimitName } from '../domain/metrics.js';

/**
 * How many requests of one subject are let through: a number in a window that starts with the first of them.
 *
 * Guarantees of every implementation: a request is counted before it is let through, so that requests in parallel cannot
 * pass the limit; subjects are counted apart; only StoreUnavailable is thrown.
 */
export interface RateLimit {
  readonly name: RateLimitName;

  /** @param subject whose request it is: an address, an app, a user */
  count(subject: string): Promise<Admission>;
}

export interface RateLimitOptions {
  readonly name: RateLimitName;
  /** Requests let through in a window. */
  readonly limit: number;
  /** Whole seconds. */
  readonly window: Milliseconds;
}

export type Admission =
  | { readonly admitted: true }
  /** `retryAfter`: until the window has passed. */
  | { readonly admitted: false; readonly retryAfter: Milliseconds };
