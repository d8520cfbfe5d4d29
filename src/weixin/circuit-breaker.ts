import type { Milliseconds } from '../domain/clock.js';

/**
 * Consecutive failures that open a breaker. If half of all calls failed by chance, such a run would happen once in two
 * million calls.
 */
export const FAILURES_TO_OPEN = 20;
/** Interval between the probe calls of an open breaker. */
export const PROBE_EVERY: Milliseconds = 1_000;

/** Number of the period between two openings in which a call was admitted. */
export type BreakerPeriod = number;

export interface CircuitBreakerOptions {
  /** A monotonic clock. */
  readonly now: () => Milliseconds;
  readonly onChange: (isOpen: boolean) => void;
}

/**
 * Circuit breaker: closed, it admits every call; open, it admits one probe a second and rejects all other calls. A
 * probe does not wait for earlier ones, which a silent server may keep waiting.
 */
export class CircuitBreaker {
  readonly #now: () => Milliseconds;
  readonly #onChange: (isOpen: boolean) => void;
  #period: BreakerPeriod = 0;
  #failures = 0;
  /** When the next probe is due; undefined while closed. */
  #nextProbeAt: Milliseconds | undefined;

  constructor({ now, onChange }: CircuitBreakerOptions) {
    this.#now = now;
    this.#onChange = onChange;
  }

  /** Whether a call would be admitted now. */
  get admits(): boolean {
    return this.#nextProbeAt === undefined || this.#now() >= this.#nextProbeAt;
  }

  /** Admits a call, whose outcome must be passed to `settle`; undefined: the call must not be made. */
  enter(): BreakerPeriod | undefined {
    if (!this.admits) return undefined;
    if (this.#nextProbeAt !== undefined) this.#nextProbeAt = this.#now() + PROBE_EVERY;
    return this.#period;
  }

  /** @param period from `enter`; calls that began before the last opening are ignored */
  settle(period: BreakerPeriod, hasFailed: boolean): void {
    if (period !== this.#period) return;
    if (!hasFailed) this.#close();
    else if (this.#nextProbeAt === undefined && (this.#failures += 1) >= FAILURES_TO_OPEN) this.#open();
  }

  #open(): void {
    this.#period += 1;
    this.#nextProbeAt = this.#now() + PROBE_EVERY;
    this.#onChange(true);
  }

  #close(): void {
    this.#failures = 0;
    if (this.#nextProbeAt === undefined) return;
    this.#nextProbeAt = undefined;
    this.#onChange(false);
  }
}
