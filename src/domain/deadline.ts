import type { Milliseconds } from './clock.js';

/** What a wait gives where its deadline came first. */
export const TOO_LATE = Symbol('too late');

/**
 * The end of the time that a request may spend on Weixin. It is made once and passed down, so that waiting for somebody
 * else's call, for an access token, for a place and for a repetition add up to no more. It runs by this process's
 * monotonic clock: no change of the wall clock moves it.
 */
export class Deadline {
  readonly #endsAt: number;

  /** @param time from now */
  constructor(time: Milliseconds) {
    this.#endsAt = performance.now() + time;
  }

  /** What is left of it: whole milliseconds, so that Node keeps most timers in one list; 0 where it has passed. */
  get left(): Milliseconds {
    return Math.max(0, Math.ceil(this.#endsAt - performance.now()));
  }

  /** What this work gives, or TOO_LATE as soon as the deadline passes; nobody then hears of what the work gives. */
  wait<T>(work: Promise<T>): Promise<T | typeof TOO_LATE> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, this.left, TOO_LATE);
      work.finally(() => clearTimeout(timer)).then(resolve, reject);
    });
  }
}
