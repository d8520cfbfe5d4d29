import type { SharedTokens } from '../domain/access-token.js';
import type { Clock } from '../domain/clock.js';
import type { FailureBudget } from './failure-budget.js';
import type { KeyRingStore } from './key-ring-store.js';
import type { LoginLimit } from './login-limit.js';
import type { Once } from './once.js';
import type { RateLimit } from './rate-limit.js';
import type { SessionStore } from './session-store.js';

/** Whether the store that sessions live in answers; one in this process always does. */
export type StoreState = 'up' | 'down';

/** The limits of each RateLimitName. */
export interface RateLimits {
  readonly login: LoginLimit;
  readonly weixinByUser: RateLimit;
  /** Counted by each process for itself: it guards the process's own time. */
  readonly decryptByUser: RateLimit;
  /** Counted by each process for itself, too. */
  readonly backendByClient: RateLimit;
}

/** The state of a gateway, and the clock by which it is kept. */
export interface Stores {
  readonly sessions: SessionStore;
  readonly rings: KeyRingStore;
  readonly budget: FailureBudget;
  readonly once: Once;
  readonly limits: RateLimits;
  /** undefined: each instance fetches its own access tokens. */
  readonly accessTokens: SharedTokens | undefined;
  readonly clock: Clock;
  readonly state: () => StoreState;
  /** Whether reads may be answered from near copies; undefined: the store is in this process. */
  readonly hasNearCopies: (() => boolean) | undefined;
  /** Sessions held in this process, and how many there can be; undefined: they are in Redis. */
  readonly sessionsHeld: (() => { readonly count: number; readonly max: number }) | undefined;
  /** How many records of the store did not open under any of STORE_KEYS. */
  readonly unopenedRecords: () => number;
  close(): Promise<void>;
}
