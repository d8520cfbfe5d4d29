import type { LRUCache } from 'lru-cache';
import type { Clock, Instant } from '../../domain/clock.js';
import type { Admission, RateLimit, RateLimitOptions } from '../rate-limit.js';
import { growingLru } from './growing-lru.js';

export interface MemoryRateLimitOptions extends RateLimitOptions {
  readonly clock: Clock;
  /** Subjects that are counted at a time; one more forgets the one that asked least recently. */
  readonly max: number;
}

interface Count {
  requests: number;
  endsAt: Instant;
}

const ADMITTED: Admission = { admitted: true };

/** Requests counted in this process, by the injected clock. */
export class MemoryRateLimit implements RateLimit {
  readonly name;
  readonly #options: MemoryRateLimitOptions;
  readonly #counts: LRUCache<string, Count>;

  constructor(options: MemoryRateLimitOptions) {
    this.name = options.name;
    this.#options = options;
    this.#counts = growingLru(options.max);
  }

  async count(subject: string): Promise<Admission> {
    const { clock, limit, window } = this.#options;
    const now = clock.now();
    const count = this.#counts.get(subject);
    if (count === undefined) {
      this.#counts.set(subject, { requests: 1, endsAt: now + window });
      return ADMITTED;
    }
    if (now >= count.endsAt) {
      count.requests = 0;
      count.endsAt = now + window;
    }
    if (count.requests >= limit) return { admitted: false, retryAfter: count.endsAt - now };
    count.requests += 1;
    return ADMITTED;
  }

  /** Uncounts a request of this subject that was counted just now, if its window still runs. */
  takeBack(subject: string): () => void {
    const count = this.#counts.get(subject);
    const endsAt = count?.endsAt;
    return () => {
      if (count !== undefined && count.endsAt === endsAt) count.requests -= 1;
    };
  }
}
