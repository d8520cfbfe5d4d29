import type { Admission } from './rate-limit.js';
import type { Milliseconds } from '../domain/clock.js';
import type { RateLimitName } from '../domain/metrics.js';

/**
 * How many logins are let through, by the address that they come from and by the app that they are for: numbers in windows
 * that start with the first of them.
 *
 * Guarantees of every implementation: a login is counted before it is let through, so that logins in parallel cannot pass a
 * limit; an address that is refused takes nothing of what the app has left; addresses and apps are counted apart; only
 * StoreUnavailable is thrown.
 */
export interface LoginLimit {
  count(address: string, appId: string): Promise<LoginAdmission>;
}

export interface LoginLimitOptions {
  /** Logins let through in a window. */
  readonly perAddress: number;
  readonly perApp: number;
  /** Whole seconds. */
  readonly window: Milliseconds;
}

export type LoginAdmission =
  | {
      readonly admitted: true;
      /** Uncounts the login, which was none, if its window still runs. Nobody waits for it, and a lost store leaves it counted. */
      readonly takeBack: () => void;
    }
  | (Extract<Admission, { admitted: false }> & { readonly limit: RateLimitName });
