import type { Milliseconds } from '../../../src/domain/clock.js';

/** Matches this length of time; one that is less than a tick apart too, where the time cannot be told to the millisecond. */
export function about(expected: Milliseconds, tick: Milliseconds): unknown {
  return {
    asymmetricMatch: (actual: unknown) => typeof actual === 'number' && Math.abs(actual - expected) < tick,
    toString: () => `about ${expected} ms`,
  };
}
