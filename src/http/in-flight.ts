import type { Milliseconds } from '../domain/clock.js';

export interface LoadLimits {
  /** Requests in flight at a time. */
  readonly inFlight: number;
  /** How long the requests read in one turn of the event loop may take before the rest of them are refused. */
  readonly delay: Milliseconds;
}

/** Full for that long without admitting anything: the process no longer serves. Longer than common upstream deadlines. */
export const STUCK_AFTER: Milliseconds = 5_000;

/** Refused work: too much is in flight. */
export const OVERLOADED = Symbol('overloaded');

/**
 * Load shedding: bounds the requests in flight. A request counts from when it has been read whole until its work settles,
 * whatever becomes of its response and its connection; so a place cannot leak, and unfinished bodies take none.
 *
 * Requests that a busy process has not read yet wait in its sockets, and one turn of the event loop reads them all. The time
 * since the turn's first request is how long this one waited for the others. Past the limit, the rest of the turn is refused.
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

  /** Whether nothing has been admitted for a while because every place is taken. */
  get isStuck(): boolean {
    return this.#count >= this.#limits.inFlight && this.#now() - this.#admittedAt > STUCK_AFTER;
  }

  /** What the work gives, or OVERLOADED if there is no capacity for it. */
  async run<T>(work: () => Promise<T>): Promise<T | typeof OVERLOADED> {
    if (!this.#admits()) return OVERLOADED;
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
      // An immediate runs when the sockets that were ready have been read.
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
