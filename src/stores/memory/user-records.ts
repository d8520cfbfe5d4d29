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

  get(key: string): string | undefined {
    return this.#index.get(key)?.record;
  }

  /** Without counting as a use. */
  peek(key: string): string | undefined {
    return this.#index.peek(key)?.record;
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

  /** Keeps a record, and tells its number, which stays the same until the record is dropped. */
  set(key: string, record: string): number {
    const found = this.#index.get(key);
    if (found !== undefined) {
      this.#pool.write(found.number, key + record);
      return found.number;
    }
    const number = this.#pool.add(key + record);
    this.#index.add(key, number);
    return number;
  }
}
