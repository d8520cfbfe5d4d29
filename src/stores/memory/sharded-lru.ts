import { LRUCache } from 'lru-cache';

/** Entries up to which one cache holds them all, and drops what was used least recently of all. */
const ONE_CACHE_UP_TO = 10_000;

/**
 * Entries of each of several caches at most. lru-cache sets all of a table aside when it is made, a quarter of a millisecond
 * for this many, and many of the first entries need a new one. Where entries are dropped while others come, V8 makes a Map's
 * table as large as the next power of two after twice the entries: just so large for a power of two.
 */
const SHARD_ENTRIES = 2 ** 12;

/**
 * A least-recently-used cache, made of several: a table that doubles stops the process while its entries move, for 40 to
 * 70 ms where it has half a million of them, and for under a millisecond where they are spread. A large cache is full to
 * within some per cent of its maximum, because each shard drops its own least recently used entry.
 */
export class ShardedLru<V extends object | string | number | true, K extends string | number = string> {
  readonly #shards: (LRUCache<K, V> | undefined)[];
  readonly #options: LRUCache.Options<K, V, unknown>;

  /**
   * @param max entries in all
   * @param dropped told of every entry that is dropped, deleted or replaced
   */
  constructor(max: number, dropped?: (value: V) => void) {
    const shards = max <= ONE_CACHE_UP_TO ? 1 : Math.ceil(max / SHARD_ENTRIES);
    this.#options = { max: Math.ceil(max / shards), ...(dropped && { dispose: dropped }) };
    // Each sets its tables aside when it gets its first entry: a gateway that nobody uses takes none of that memory.
    this.#shards = new Array<undefined>(shards).fill(undefined);
  }

  get(key: K): V | undefined {
    return this.#shards[this.#indexOf(key)]?.get(key);
  }

  /** Without counting as a use. */
  peek(key: K): V | undefined {
    return this.#shards[this.#indexOf(key)]?.peek(key);
  }

  set(key: K, value: V): void {
    const shard = (this.#shards[this.#indexOf(key)] ??= new LRUCache(this.#options));
    shard.set(key, value);
  }

  delete(key: K): void {
    this.#shards[this.#indexOf(key)]?.delete(key);
  }

  #indexOf(key: K): number {
    const { length } = this.#shards;
    return length === 1 ? 0 : Math.floor(spread(key) * length);
  }
}

/**
 * From 0 up to 1, by Fibonacci hashing; of texts, of a polynomial of their characters: those of addresses are few, and not
 * spread evenly.
 */
function spread(key: string | number): number {
  let number = 0;
  if (typeof key === 'number') number = key;
  else for (let i = 0; i < key.length; i += 1) number = Math.imul(number, 131) + key.charCodeAt(i);
  return (Math.imul(number, 0x9e3779b1) >>> 0) / 2 ** 32;
}
