import { keyOf } from './packed-user.js';
import { RecordIndex } from './record-index.js';
import { RecordPool } from './record-pool.js';

/** What is kept of a user, and where. */
export interface UserRecord {
  readonly number: number;
  /** The user's recordKey. */
  readonly key: string;
  /** As packed-user.ts has it. */
  readonly record: string;
}

/** What is kept of users: a record each, found by its key or by its number. */
export class UserRecords {
  /** The key, then the record. */
  readonly #pool = new RecordPool();
  readonly #index: RecordIndex<UserRecord>;

  /** @param max users; one more drops the record that was used least recently */
  constructor(max: number) {
    this.#index = new RecordIndex({
      max,
      read: (number, key) => {
        const found = this.at(number);
        return found?.key === key ? found : undefined;
      },
      dropped: (number) => this.#pool.release(number),
    });
  }

  get(key: string): UserRecord | undefined {
    return this.#index.get(key);
  }

  /** Without counting as a use. */
  peek(key: string): UserRecord | undefined {
    return this.#index.peek(key);
  }

  /** Counts as a use of this record. */
  use({ number, key }: UserRecord): void {
    this.#index.use(key, number);
  }

  /** The user's record whose number this is. A number that was dropped may be another user's by now, or nobody's. */
  at(number: number): UserRecord | undefined {
    const content = this.#pool.read(number);
    if (content === undefined) return undefined;
    const key = keyOf(content);
    return { number, key, record: content.slice(key.length) };
  }

  /** Changes this record, or makes one, and tells its number, which stays the same until the record is dropped. */
  update(key: string, change: (record: string | undefined) => string): number {
    const found = this.#index.get(key);
    if (found !== undefined) {
      this.write(found, change(found.record));
      return found.number;
    }
    const number = this.#pool.add(key + change(undefined));
    this.#index.add(key, number);
    return number;
  }

  /** Without counting as a use. */
  write({ number, key }: UserRecord, record: string): void {
    this.#pool.write(number, key + record);
  }

  /** Writes a part of a record over what is at this place in it; no use either. */
  overwrite({ number, key }: UserRecord, place: number, part: string): void {
    this.#pool.overwrite(number, key.length + place, part);
  }
}
