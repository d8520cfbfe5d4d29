import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { Milliseconds } from '../domain/clock.js';

export interface LoadLimits {
  /** Requests in flight at a time. */
  readonly inFlight: number;
  /** How long the requests read in one turn of the event loop may take; after that, the rest of them is rejected. */
  readonly delay: Milliseconds;
}

/**
 * At the limit for this long without admitting a request, the process counts as stuck. Longer than common upstream
 * deadlines.
 */
export const STUCK_AFTER: Milliseconds = 5_000;

/** Result of rejected work: too much is in flight. */
export const OVERLOADED = Symbol('overloaded');

/**
 * Load shedding: bounds the requests in flight. A request counts from when it has been read in full until its work
 * settles, regardless of its response and connection: so a place cannot leak, and incomplete bodies take none.
 *
 * Unread requests of a busy process wait in its sockets, and one turn of the event loop reads them all. The time since
 * the first request of the turn is how long a request has waited for those before it. Past the limit, the rest of the
 * turn is rejected.
 *
 * Rejected requests are answered at the end of the turn. A client that sends again at once would otherwise be read in the
 * same turn: libuv goes on reading as long as it finds over a thousand sockets ready, up to 48 times, and everything that
 * waits for the end of the turn would wait for seconds.
 */
export class InFlight {
  readonly #limits: LoadLimits;
  readonly #now: () => Milliseconds;
  #count = 0;
  #turnBeganAt: Milliseconds | undefined;
  #admittedAt: Milliseconds;

  /** @param now a monotonic clock */
  constructor(limits: LoadLimits, now: () => Milliseconds = () => performance.now()) {
    this.#limits = limits;
    this.#now = now;
    this.#admittedAt = now();
  }

  /** Requests in flight. */
  get count(): number {
    return this.#count;
  }

  /** Whether every place is taken and no request has been admitted for STUCK_AFTER. */
  get isStuck(): boolean {
    return this.#count >= this.#limits.inFlight && this.#now() - this.#admittedAt > STUCK_AFTER;
  }

  /** Runs the work and returns its result; OVERLOADED if there is no capacity. */
  async run<T>(work: () => Promise<T>): Promise<T | typeof OVERLOADED> {
    if (!this.#admits()) return endOfTurn(OVERLOADED);
    this.#count += 1;
    try {
      return await work();
    } finally {
      this.#count -= 1;
    }
  }

  #admits(): boolean {
    const now = this.#now();
    if (this.#turnBeganAt === undefined) {
      this.#turnBeganAt = now;
      // setImmediate runs after the ready sockets have been read.
      setImmediate(this.#endTurn);
    }
    if (this.#count >= this.#limits.inFlight || now - this.#turnBeganAt > this.#limits.delay) return false;
    this.#admittedAt = now;
    return true;
  }

  readonly #endTurn = (): void => {
    this.#turnBeganAt = undefined;
  };
}
