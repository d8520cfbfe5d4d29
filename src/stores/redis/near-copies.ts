import { BasicClientSideCache } from 'redis';

/**
 * Near copies of what is in Redis, the least recently used of which goes.
 *
 * The library's own cache keeps an answer that was under way while everything was cleared (FLUSHALL, a lost line), which
 * nothing would invalidate any more: here such an answer is not kept.
 */
export class NearCopies extends BasicClientSideCache {
  #clearings = 0;

  constructor(max: number) {
    super({ maxEntries: max, ttl: 0, evictPolicy: 'LRU', recordStats: false });
  }

  override clear(resetStats?: boolean): void {
    this.#clearings += 1;
    super.clear(resetStats);
  }

  override createPromiseEntry(...args: Parameters<BasicClientSideCache['createPromiseEntry']>) {
    const entry = super.createPromiseEntry(...args);
    const clearings = this.#clearings;
    const isStillValid = entry.validate.bind(entry);
    entry.validate = () => clearings === this.#clearings && isStillValid();
    return entry;
  }
}
