import type { Milliseconds } from '../domain/clock.js';

export interface LoadLimits {
  /** Requests under way at a time. */
  readonly inFlight: number;
  /** How long the requests that one turn of the event loop reads may take before the rest of them are refused. */
  readonly delay: Milliseconds;
}

/**
 * Tells whether there is capacity for one more request, for the price of reading the clock.
 *
 * What waits for a busy process waits in its sockets, and a turn of the event loop reads all of them, one after the other:
 * the time since the turn's first request is how long this one has waited for the others, whose cohorts have all begun but
 * the one that gathers. Beyond the limit, the rest of the turn is refused. Refused is what is too much, turn by turn, and no
 * more: a gate that looks at an average once a second lets everything in, then nothing.
 */
export class LoadGate {
  readonly #limits: LoadLimits;
  #inFlight = 0;
  #turnBeganAt: number | undefined;

  constructor(limits: LoadLimits) {
    this.#limits = limits;
  }

  /** Whether this request may go on; then `leave` has to follow, once. */
  enter(): boolean {
    const now = performance.now();
    if (this.#turnBeganAt === undefined) {
      this.#turnBeganAt = now;
      // An immediate runs when the sockets that were ready have been read.
      setImmediate(this.#endTurn);
    }
    if (this.#inFlight >= this.#limits.inFlight || now - this.#turnBeganAt > this.#limits.delay) return false;
    this.#inFlight += 1;
    return true;
  }

  readonly leave = (): void => {
    this.#inFlight -= 1;
  };

  readonly #endTurn = (): void => {
    this.#turnBeganAt = undefined;
  };
}
