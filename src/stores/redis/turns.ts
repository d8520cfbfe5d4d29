/** Work of one subject, one after the other; that of different subjects runs at the same time. */
export class Turns {
  /** The last work of each subject; bounded by the requests in flight. */
  readonly #last = new Map<string, Promise<unknown>>();

  /** Does this work once all that was given before it for this subject has ended, whatever came of it. */
  async take<T>(subject: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(subject);
    const turn = before === undefined ? work() : before.then(work, work);
    this.#last.set(subject, turn);
    try {
      return await turn;
    } finally {
      if (this.#last.get(subject) === turn) this.#last.delete(subject);
    }
  }
}
