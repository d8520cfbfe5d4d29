import type { LRUCache } from 'lru-cache';
import type { User } from '../../domain/app.js';
import type { Clock, Instant, Milliseconds } from '../../domain/clock.js';
import type { SessionKey } from '../../domain/session-key.js';
import type { Attempt, FailureBudget } from '../failure-budget.js';
import { growingLru } from './growing-lru.js';

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
  readonly #counts: LRUCache<string, Count>;

  constructor(options: MemoryFailureBudgetOptions) {
    this.#options = options;
    this.#counts = growingLru(options.max);
  }

  /** Nothing can come between the look at the counts, the try and its failure. */
  async attempt<T>(
    _user: User,
    given: readonly SessionKey[] | Promise<readonly SessionKey[]>,
    open: (keys: readonly SessionKey[]) => T | undefined,
  ): Promise<Attempt<T>> {
    const keys = await given;
    const now = this.#options.clock.now();
    const free = keys.filter((key) => this.#spentFor(key, now) === 0);
    if (free.length === 0 && keys.length > 0) {
      return { granted: false, retryAfter: Math.min(...keys.map((key) => this.#spentFor(key, now))) };
    }
    let value: T | undefined;
    try {
      value = open(free);
    } finally {
      if (value === undefined) for (const key of free) this.#countFailure(key, now);
    }
    return { granted: true, value };
  }

  /** How long this key has no failure left; 0 if it has one. */
  #spentFor(key: SessionKey, now: Instant): Milliseconds {
    const count = this.#counts.get(key.revealLatin1());
    if (count === undefined || count.failures < this.#options.limit) return 0;
    return Math.max(0, count.windowEndsAt - now);
  }

  #countFailure(key: SessionKey, now: Instant): void {
    const count = this.#counts.get(key.revealLatin1());
    if (count !== undefined && now < count.windowEndsAt) count.failures += 1;
    else this.#counts.set(key.revealLatin1(), { failures: 1, windowEndsAt: now + this.#options.window });
  }
}
