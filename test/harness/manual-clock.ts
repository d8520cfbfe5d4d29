import type { Clock, Instant, Milliseconds } from '../../src/domain/clock.js';

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now: Instant;

  constructor(now: Instant = Date.parse('2026-01-31T08:30:00Z')) {
    this.#now = now;
  }

  now(): Instant {
    return this.#now;
  }

  advance(by: Milliseconds): void {
    this.#now += by;
  }

  advanceSeconds(by: number): void {
    this.#now += by * 1000;
  }
}
