import { LRUCache } from 'lru-cache';

/** What a near copy may be; undefined: nothing to keep. */
export type Kept = object | string | undefined;

/**
 * Near copies of what is in Redis, the least recently used of which goes: not the values as Redis has them, but what was
 * made of each once, when it came. What does not exist is not kept: made-up tokens would crowd the copies out.
 */
export class NearCopies {
  readonly #copies: LRUCache<string, NonNullable<Kept>>;
  /** Answers on their way, as many as there are requests. One that is invalidated meanwhile leaves no copy. */
  readonly #coming = new Map<string, Promise<unknown>>();

  constructor(max: number) {
    this.#copies = new LRUCache({ max });
  }

  /**
   * The copy of a key; otherwise what Redis is asked for, once for all who ask meanwhile.
   *
   * @param ask asks Redis, and makes of the value what is to be kept
   */
  read<T extends Kept>(key: string, ask: () => Promise<T>): T | Promise<T> {
    const copy = this.#copies.get(key) as T | undefined;
    if (copy !== undefined) return copy;
    return (this.#coming.get(key) as Promise<T> | undefined) ?? this.#ask(key, ask);
  }

  /** @param key null: all */
  invalidate(key: string | null): void {
    if (key === null) {
      this.#coming.clear();
      this.#copies.clear();
    } else {
      this.#coming.delete(key);
      this.#copies.delete(key);
    }
  }

  #ask<T extends Kept>(key: string, ask: () => Promise<T>): Promise<T> {
    const answer = ask();
    this.#coming.set(key, answer);
    const came = (value: Kept) => {
      if (this.#coming.get(key) !== answer) return;
      this.#coming.delete(key);
      if (value !== undefined) this.#copies.set(key, value);
    };
    answer.then(came, () => came(undefined));
    return answer;
  }
}
