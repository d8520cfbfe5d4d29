import type { Milliseconds } from '../../domain/clock.js';

/** How long sessions live. */
export interface SessionLife {
  /** A session unused for that long ends, up to `touchEvery` later. */
  readonly idle: Milliseconds;
  /** A session ends after that long, used or not. */
  readonly absolute: Milliseconds;
  /**
   * How often at most Redis is told of a session's use: a write at every use would invalidate every near copy. A session
   * lives that much longer than its idle time in return.
   */
  readonly touchEvery: Milliseconds;
  /** How long Redis keeps a session without hearing of a use. */
  readonly timeToLive: Milliseconds;
}

const TOUCH_EVERY: Milliseconds = 60_000;

/** @param touchEvery by default every tenth of the idle time, or minute */
export function sessionLife(
  idle: Milliseconds,
  absolute: Milliseconds,
  touchEvery: Milliseconds = Math.min(TOUCH_EVERY, Math.ceil(idle / 10)),
): SessionLife {
  return { idle, absolute, touchEvery, timeToLive: Math.min(idle + touchEvery, absolute) };
}
