import { randomInt } from 'node:crypto';
import { ShardedLru } from './sharded-lru.js';

/**
 * Places where an id is looked for, one after the other. That all of them are taken by others happens, with a million
 * records, once in 10^14 times.
 */
const PLACES = 4;

/** No two processes have the same ids in one place. */
const SEED = randomInt(2 ** 32);

export interface RecordIndexOptions<T> {
  /** Records in all; one more drops the least recently used. */
  readonly max: number;
  /** What is in this record, where it is the one of this id. */
  readonly read: (record: number, id: string) => T | undefined;
  /** Told of every record that is dropped or deleted. */
  readonly dropped?: (record: number) => void;
}

/**
 * Which record is whose, and which was used least recently. An id is in its record, so that the index needs but a number
 * for it, which lru-cache holds without an object of its own; who finds a record there looks whether it is the right one.
 */
export class RecordIndex<T> {
  readonly #read: (record: number, id: string) => T | undefined;
  readonly #records: ShardedLru<number, number>;

  constructor({ max, read, dropped }: RecordIndexOptions<T>) {
    this.#read = read;
    this.#records = new ShardedLru(max, dropped);
  }

  get(id: string): T | undefined {
    // That another's record in the place counts as used, too, does no harm.
    return this.#find(id, this.#getAt);
  }

  /** Without counting as a use. */
  peek(id: string): T | undefined {
    return this.#find(id, this.#peekAt);
  }

  /** Counts as a use of the record that this id is known to have. */
  use(id: string, record: number): void {
    let place = placeOf(id);
    for (let i = 0; i < PLACES && this.#records.get(place) !== record; i += 1) place = nextPlace(place);
  }

  /** Enters a record for an id that has none. Where others have all of its places, it takes the last one from them. */
  add(id: string, record: number): void {
    let place = placeOf(id);
    for (let i = 1; i < PLACES && this.#records.peek(place) !== undefined; i += 1) place = nextPlace(place);
    this.#records.set(place, record);
  }

  delete(id: string): void {
    this.#find(id, this.#peekAt, this.#deleteAt);
  }

  #find(id: string, lookAt: (place: number) => number | undefined, then?: (place: number) => void): T | undefined {
    let place = placeOf(id);
    for (let i = 0; i < PLACES; i += 1, place = nextPlace(place)) {
      const record = lookAt(place);
      const found = record === undefined ? undefined : this.#read(record, id);
      if (found === undefined) continue;
      then?.(place);
      return found;
    }
    return undefined;
  }

  readonly #peekAt = (place: number): number | undefined => this.#records.peek(place);
  readonly #getAt = (place: number): number | undefined => this.#records.get(place);
  readonly #deleteAt = (place: number): void => this.#records.delete(place);
}

/** FNV-1a, a whole number of 32 bits with a sign: what V8 holds without an object. */
function placeOf(id: string): number {
  let place = SEED | 0;
  for (let i = 0; i < id.length; i += 1) place = Math.imul(place ^ id.charCodeAt(i), 0x01000193);
  return place;
}

function nextPlace(place: number): number {
  return (Math.imul(place, 0x2c1b3c6d) + 0x297a2d39) | 0;
}
