import type { Milliseconds } from '../../domain/clock.js';

/** How long sessions live. */
export interface SessionLife {
  /** A session unused for that long ends, up to `touchEvery` later. */
  readonly idle: Milliseconds;
  /** A session ends after that long, used or not. */
  readonly absolute: Milliseconds;
  /**
   * How often at most Redis is told of a session's use: each time costs three commands, and invalidates every near copy. A
   * session lives that much longer than its idle time in return.
   */
  readonly touchEvery: Milliseconds;
  /** How long Redis keeps a session without hearing of a use. */
  readonly timeToLive: Milliseconds;
}

const MAX_TOUCH_EVERY: Milliseconds = 300_000;

/** @param touchEvery by default a twentieth of the idle time, at most five minutes */
export function sessionLife(
  idle: Milliseconds,
  absolute: Milliseconds,
  touchEvery: Milliseconds = Math.min(MAX_TOUCH_EVERY, Math.ceil(idle / 20)),
): SessionLife {
  return { idle, absolute, touchEvery, timeToLive: Math.min(idle + touchEvery, absolute) };
}
