import type { Milliseconds } from '../domain/clock.js';

/** Failures in a row that open a breaker. With every second call failing by chance, one run of 20 takes two million calls. */
export const FAILURES_TO_OPEN = 20;
/** While it is open, a call is let through this often, to see. */
export const PROBE_EVERY: Milliseconds = 1_000;

/** Names the time between two openings in which a call was let through. */
export type BreakerPeriod = number;

export interface CircuitBreakerOptions {
  /** Any clock that never goes back. */
  readonly now: () => Milliseconds;
  readonly onChange: (isOpen: boolean) => void;
}

/**
 * Keeps calls from a server that fails: closed it lets all through, open none but one a second. Calls are refused at once
 * while a probe is out, and an open breaker probes every second, also while a silent server keeps earlier probes waiting.
 */
export class CircuitBreaker {
  readonly #now: () => Milliseconds;
  readonly #onChange: (isOpen: boolean) => void;
  #period: BreakerPeriod = 0;
  #failures = 0;
  /** When the next probe may go; undefined while closed. */
  #nextProbeAt: Milliseconds | undefined;

  constructor({ now, onChange }: CircuitBreakerOptions) {
    this.#now = now;
    this.#onChange = onChange;
  }

  /** Whether a call would be let through now. */
  get admits(): boolean {
    return this.#nextProbeAt === undefined || this.#now() >= this.#nextProbeAt;
  }

  /** Lets a call through, whose outcome is then told to `settle`; undefined: it must not be made. */
  enter(): BreakerPeriod | undefined {
    if (!this.admits) return undefined;
    if (this.#nextProbeAt !== undefined) this.#nextProbeAt = this.#now() + PROBE_EVERY;
    return this.#period;
  }

  /** @param period what `enter` gave: a call that began before the last opening says nothing of the time since */
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
