import type { Milliseconds } from '../../../src/domain/clock.js';
import type { At, Faults, Interval } from '../history.js';

/** How much time passed by a clock that may have been stepped, for an observer whose clock was not. */
export class Elapsed {
  readonly #steps: Faults['clockSteps'];

  constructor({ clockSteps }: Faults) {
    this.#steps = clockSteps;
  }

  /**
   * Whether this time may have passed between two events.
   *
   * @param from the first was no earlier
   * @param until the second was no later
   */
  possibly(time: Milliseconds, from: At, until: At): boolean {
    return until - from + this.#sum(({ at, by }) => (at >= from && at <= until ? by : 0)) >= time;
  }

  /**
   * Whether this time has passed between two events, whatever the clock did.
   *
   * @param from the first was no later
   * @param until the second was no earlier; any step may have come between them, if both took their time
   */
  certainly(time: Milliseconds, from: At, until: At): boolean {
    return until - from - this.#sum(({ by }) => -by) > time;
  }

  /** The positive ones of these. */
  #sum(of: (step: Faults['clockSteps'][number]) => Milliseconds): Milliseconds {
    return this.#steps.reduce((sum, step) => sum + Math.max(0, of(step)), 0);
  }
}

export function isWithin(at: At, intervals: readonly Interval[]): boolean {
  return intervals.some(({ from, until }) => at >= from && at <= until);
}

export function overlaps(from: At, until: At, intervals: readonly Interval[]): boolean {
  return intervals.some((interval) => interval.from <= until && from <= interval.until);
}
