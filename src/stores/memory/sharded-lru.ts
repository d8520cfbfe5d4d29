import { LRUCache } from 'lru-cache';
import type { Clock, Milliseconds } from '../../domain/clock.js';

/** Entries from which on several caches are taken for one. */
const ONE_CACHE_UP_TO = 10_000;
const SHARD_BITS = 6;

export interface ShardedLruOptions<V> {
  /** An entry that nobody got for that long is gone; whole milliseconds. */
  readonly idle?: { readonly after: Milliseconds; readonly clock: Clock } | undefined;
  /** Told of every entry that is dropped, deleted or replaced. */
  readonly dropped?: ((value: V) => void) | undefined;
}

/**
 * A least-recently-used cache, made of several: a table that doubles stops the process while its entries move, for 40 to
 * 70 ms where it has half a million of them, and for under a millisecond where they are spread; and lru-cache sets aside
 * all of a table when it makes it. A large cache is full to within some per cent of its maximum, because each shard drops
 * its own least recently used entry.
 */
export class ShardedLru<V extends object | string | number | true, K extends string | number = string> {
  readonly #shards: (LRUCache<K, V> | undefined)[];
  readonly #options: LRUCache.Options<K, V, unknown>;

  /** @param max entries in all */
  constructor(max: number, { idle, dropped }: ShardedLruOptions<V> = {}) {
    const shards = max <= ONE_CACHE_UP_TO ? 1 : 2 ** SHARD_BITS;
    const ttl = idle && {
      // lru-cache still gives an entry at exactly its ttl.
      ttl: idle.after - 1,
      ttlResolution: 0,
      updateAgeOnGet: true,
      perf: idle.clock,
    };
    this.#options = { max: Math.ceil(max / shards), ...ttl, ...(dropped && { dispose: dropped }) };
    // Each sets its tables aside when it gets its first entry: a gateway that nobody uses takes none of that memory.
    this.#shards = new Array<undefined>(shards).fill(undefined);
  }

  get(key: K): V | undefined {
    return this.#shard(key).get(key);
  }

  /** Without counting as a use. */
  peek(key: K): V | undefined {
    return this.#shard(key).peek(key);
  }

  set(key: K, value: V): void {
    this.#shard(key).set(key, value);
  }

  delete(key: K): void {
    this.#shard(key).delete(key);
  }

  #shard(key: K): LRUCache<K, V> {
    const index = this.#shards.length === 1 ? 0 : shardOf(key);
    return (this.#shards[index] ??= new LRUCache(this.#options));
  }
}

/** Fibonacci hashing; of texts, of a polynomial of their characters: those of addresses are few, and not spread evenly. */
function shardOf(key: string | number): number {
  let spread = 0;
  if (typeof key === 'number') spread = key;
  else for (let i = 0; i < key.length; i += 1) spread = Math.imul(spread, 131) + key.charCodeAt(i);
  return Math.imul(spread, 0x9e3779b1) >>> (32 - SHARD_BITS);
}
