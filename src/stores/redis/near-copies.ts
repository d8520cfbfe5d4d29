import { BasicClientSideCache } from 'redis';

/**
 * Near copies of what is in Redis, the least recently used of which goes.
 *
 * The library's own cache keeps an answer that was under way while everything was cleared (FLUSHALL, a lost line), which
 * nothing would invalidate any more: here such an answer is not kept.
 */
export class NearCopies extends BasicClientSideCache {
  readonly #onMiss: (answer: Promise<unknown>) => void;
  #clearings = 0;

  /** @param onMiss told of each question to Redis that no copy answers */
  constructor(max: number, onMiss: (answer: Promise<unknown>) => void) {
    super({ maxEntries: max, ttl: 0, evictPolicy: 'LRU', recordStats: false });
    this.#onMiss = onMiss;
  }

  override clear(resetStats?: boolean): void {
    this.#clearings += 1;
    super.clear(resetStats);
  }

  override createPromiseEntry(...args: Parameters<BasicClientSideCache['createPromiseEntry']>) {
    const entry = super.createPromiseEntry(...args);
    this.#onMiss(args[1]);
    const clearings = this.#clearings;
    const isStillValid = entry.validate.bind(entry);
    entry.validate = () => clearings === this.#clearings && isStillValid();
    return entry;
  }
}
