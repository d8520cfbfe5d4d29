import { LRUCache } from 'lru-cache';

/**
 * A least-recently-used cache that takes memory as it fills. lru-cache sets aside the arrays of all `max` entries when it is
 * made, some 11 ms and 3 MB for 100,000; bounded by a size of one an entry, it lets them grow.
 *
 * @param max entries at a time
 * @param dispose told of every entry that leaves
 */
export function growingLru<K extends string, V extends object>(
  max: number,
  dispose?: (value: V) => void,
): LRUCache<K, V> {
  return new LRUCache<K, V>({ maxSize: max, sizeCalculation: () => 1, ...(dispose && { dispose }) });
}
