import { LRUCache } from 'lru-cache';
import type { Clock, Instant, Milliseconds } from '../../domain/clock.js';

/** How long a process relies on what Redis said. */
const REMEMBERED_FOR: Milliseconds = 1_000;
const MAX_REMEMBERED = 10_000;

interface Spent {
  readonly names: string;
  readonly until: Instant;
  readonly askAgainAt: Instant;
}

/**
 * Users whose keys all have no failure left, as Redis said lately. A spent key stays spent until its window ends, so that a
 * thousand forgeries at once need not ask a thousand times.
 */
export class SpentKeys {
  readonly #clock: Clock;
  readonly #spent = new LRUCache<string, Spent>({ max: MAX_REMEMBERED });

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  remember(counts: string, names: readonly string[], retryAfter: Milliseconds): void {
    const now = this.#clock.now();
    this.#spent.set(counts, { names: names.join(), until: now + retryAfter, askAgainAt: now + REMEMBERED_FOR });
  }

  knows(counts: string): boolean {
    return this.#spent.has(counts);
  }

  /** How long until the first of these keys has a fresh window; undefined if that is not known. */
  allSpentFor(counts: string, names: readonly string[]): Milliseconds | undefined {
    const spent = this.#spent.get(counts);
    const now = this.#clock.now();
    if (spent === undefined || spent.names !== names.join() || now >= spent.askAgainAt) return undefined;
    return now < spent.until ? spent.until - now : undefined;
  }
}
