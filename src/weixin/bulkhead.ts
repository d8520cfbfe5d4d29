import { type Deadline, TOO_LATE } from '../domain/deadline.js';

/** Why a call got no place. */
export type NoPlace = 'full' | typeof TOO_LATE;

/**
 * Bounds the calls in flight and the calls that wait for a place, so that calls do not pile up behind a slow server.
 * Waiting calls get places in their order; a call whose deadline passes leaves the queue.
 */
export class Bulkhead {
  readonly #maxInFlight: number;
  readonly #maxWaiting: number;
  #inFlight = 0;
  readonly #waiting = new Set<() => void>();

  constructor(maxInFlight: number, maxWaiting: number) {
    this.#maxInFlight = maxInFlight;
    this.#maxWaiting = maxWaiting;
  }

  /** Runs the work as soon as there is a place. Returns its result, or why there was no place. */
  async run<T>(work: () => Promise<T>, deadline: Deadline): Promise<T | NoPlace> {
    if (this.#inFlight < this.#maxInFlight) {
      this.#inFlight += 1;
    } else {
      if (this.#waiting.size >= this.#maxWaiting) return 'full';
      if (!(await this.#placeGiven(deadline))) return TOO_LATE;
    }
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  /** Waits for a place; false if the deadline passes first. */
  #placeGiven(deadline: Deadline): Promise<boolean> {
    return new Promise((resolve) => {
      const take = () => {
        clearTimeout(timer);
        resolve(true);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(take);
        resolve(false);
      }, deadline.left);
      this.#waiting.add(take);
    });
  }

  #leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#inFlight -= 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
