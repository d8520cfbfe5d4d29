import type { Timer } from '../../src/client/index.js';
import type { ManualClock } from './manual-clock.js';

/** Milliseconds; a client's deadline is never shorter, and what it waits for by itself never longer. */
const DEADLINE = 10_000;

/** A timer that does not wait: what is not a deadline is over at once, and the clock has moved by then. */
export class ImpatientTimer implements Timer {
  readonly #clock: ManualClock;
  readonly #deadlines = new Map<object, () => void>();
  /** The milliseconds that were waited, in order. */
  readonly waits: number[] = [];

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  /** Deadlines that nobody took back. */
  get pending(): number {
    return this.#deadlines.size;
  }

  setTimeout(run: () => void, delay: number): object {
    const timeout = {};
    if (delay >= DEADLINE) {
      this.#deadlines.set(timeout, run);
    } else {
      this.waits.push(delay);
      this.#clock.advance(delay);
      queueMicrotask(run);
    }
    return timeout;
  }

  now(): number {
    return this.#clock.now();
  }

  clearTimeout(timeout: object): void {
    this.#deadlines.delete(timeout);
  }

  /** The deadlines pass. */
  expire(): void {
    const runs = [...this.#deadlines.values()];
    this.#deadlines.clear();
    for (const run of runs) run();
  }
}
