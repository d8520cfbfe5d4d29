import type { User } from '../../domain/app.js';
import type { Clock, Instant, Milliseconds } from '../../domain/clock.js';
import type { SessionKey } from '../../domain/session-key.js';
import type { Attempt, FailureBudget } from '../failure-budget.js';
import { ShardedLru } from './sharded-lru.js';

export interface MemoryFailureBudgetOptions {
  readonly clock: Clock;
  /** Keys that are counted at a time; one more forgets the key that was tried least recently. */
  readonly max: number;
  /** Failures allowed in a window. */
  readonly limit: number;
  readonly window: Milliseconds;
}

interface Count {
  failures: number;
  windowEndsAt: Instant;
}

/** Failures counted in this process. A restart forgets them: the closed grammar, not this count, is what stops forgery. */
export class MemoryFailureBudget implements FailureBudget {
  readonly #options: MemoryFailureBudgetOptions;
  /** By the keys themselves, which this process holds anyway: a fingerprint for each would cost more than the count. */
  readonly #counts: ShardedLru<Count>;

  constructor(options: MemoryFailureBudgetOptions) {
    this.#options = options;
    this.#counts = new ShardedLru(options.max);
  }

  /** Nothing can come between the look at the counts, the try and its failure. */
  async attempt<T>(_user: User, keys: readonly SessionKey[], open: () => T | undefined): Promise<Attempt<T>> {
    const { clock, limit } = this.#options;
    const now = clock.now();
    let retryAfter = 0;
    for (const key of keys) {
      const count = this.#counts.get(key.revealLatin1());
      if (count !== undefined && count.failures >= limit) retryAfter = Math.max(retryAfter, count.windowEndsAt - now);
    }
    if (retryAfter > 0) return { granted: false, retryAfter };
    let value: T | undefined;
    try {
      value = open();
    } finally {
      if (value === undefined) for (const key of keys) this.#countFailure(key.revealLatin1(), now);
    }
    return { granted: true, value };
  }

  #countFailure(key: string, now: Instant): void {
    const count = this.#counts.get(key);
    if (count !== undefined && now < count.windowEndsAt) count.failures += 1;
    else this.#counts.set(key, { failures: 1, windowEndsAt: now + this.#options.window });
  }
}
