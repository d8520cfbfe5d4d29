import type { Milliseconds } from './clock.js';

/** Result of a wait whose deadline passed first. */
export const TOO_LATE = Symbol('too late');

/**
 * Deadline for everything that one request waits for at Weixin. It is created once and passed down, so that the waits
 * for a shared call, an access token, a place in the bulkhead and a retry stay within it together. It uses the
 * process's monotonic clock, so changes of the wall clock do not move it.
 */
export class Deadline {
  readonly #endsAt: number;

  /** @param time from now */
  constructor(time: Milliseconds) {
    this.#endsAt = performance.now() + time;
  }

  /** Remaining time in whole milliseconds; 0 if it has passed. Whole values let Node keep most timers in one list. */
  get left(): Milliseconds {
    return Math.max(0, Math.ceil(this.#endsAt - performance.now()));
  }

  /**
   * Resolves with the result of the work, or with TOO_LATE as soon as the deadline passes. A later result or error is
   * ignored.
   */
  wait<T>(work: Promise<T>): Promise<T | typeof TOO_LATE> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, this.left, TOO_LATE);
      work.finally(() => clearTimeout(timer)).then(resolve, reject);
    });
  }
}
