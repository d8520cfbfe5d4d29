import { LRUCache } from 'lru-cache';
import type { Fingerprint } from '../../crypto/fingerprint.js';
import type { User } from '../../domain/app.js';
import type { Clock, Instant, Milliseconds } from '../../domain/clock.js';
import type { FailureBudget, Reservation } from '../failure-budget.js';

export interface MemoryFailureBudgetOptions {
  readonly clock: Clock;
  /** Keys that are counted at a time; one more forgets the key that failed least recently. */
  readonly max: number;
  /** Failures allowed in a window. */
  readonly limit: number;
  readonly window: Milliseconds;
}

interface Count {
  readonly key: Fingerprint;
  failures: number;
  readonly windowEndsAt: Instant;
}

/** Failures counted in this process. A restart forgets them: the closed grammar, not this count, is what stops forgery. */
export class MemoryFailureBudget implements FailureBudget {
  readonly #options: MemoryFailureBudgetOptions;
  readonly #counts: LRUCache<Fingerprint, Count>;

  constructor(options: MemoryFailureBudgetOptions) {
    this.#options = options;
    this.#counts = new LRUCache({ max: options.max });
  }

  async reserve(_user: User, keys: readonly Fingerprint[]): Promise<Reservation> {
    const now = this.#options.clock.now();
    const counts = keys.map((key) => this.#current(key, now));
    let retryAfter = 0;
    for (const { failures, windowEndsAt } of counts) {
      if (failures >= this.#options.limit) retryAfter = Math.max(retryAfter, windowEndsAt - now);
    }
    if (retryAfter > 0) return { granted: false, retryAfter };
    for (const count of counts) {
      count.failures += 1;
      if (count.failures === 1) this.#counts.set(count.key, count);
    }
    let given = false;
    return {
      granted: true,
      giveBack: async () => {
        if (given) return;
        given = true;
        for (const count of counts) this.#giveBack(count);
      },
    };
  }

  #giveBack(count: Count): void {
    count.failures -= 1;
    // The last entry stays, as good as absent: lru-cache clears its arrays, `max` long, when the last one is deleted,
    // and a right document would cost half a millisecond.
    if (count.failures === 0 && this.#counts.size > 1 && this.#counts.peek(count.key) === count) this.#counts.delete(count.key);
  }

  #current(key: Fingerprint, now: Instant): Count {
    const count = this.#counts.get(key);
    return count !== undefined && count.failures > 0 && now < count.windowEndsAt
      ? count
      : { key, failures: 0, windowEndsAt: now + this.#options.window };
  }
}
