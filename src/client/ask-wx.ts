import { member, numberOf, textOf } from './foreign-value.js';
import type { Milliseconds, Timer } from './timing.js';

/** What a function of `wx` came to. */
export type Outcome =
  | { readonly ok: true; readonly value: unknown }
  /** `errMsg` in Weixin's words, empty if it gave none; `errno` NaN if it gave none. */
  | { readonly ok: false; readonly errMsg: string; readonly errno: number };

export interface Callbacks {
  readonly success: (value?: unknown) => void;
  readonly fail: (error?: unknown) => void;
}

export interface Patience {
  readonly timer: Timer;
  readonly timeoutMs: Milliseconds;
}

/**
 * Runs a function of `wx` within the deadline. The first sign counts: a callback, the promise that Taro's and uni-app's
 * functions return as well or instead, or an exception. Both ends of the promise are taken, so that none is left unhandled.
 * A promise of nothing, or of the request's task, is no sign: uni-app returns such if an interceptor is asynchronous.
 */
export function askWx({ timer, timeoutMs }: Patience, start: (callbacks: Callbacks) => unknown): Promise<Outcome> {
  return new Promise((resolve) => {
    const settle = (outcome: Outcome) => {
      timer.clearTimeout(timeout);
      resolve(outcome);
    };
    const success = (value?: unknown) => settle({ ok: true, value });
    const fail = (error?: unknown) =>
      settle({
        ok: false,
        errMsg: textOf(error, 'errMsg') || textOf(error, 'message') || (typeof error === 'string' ? error : ''),
        errno: numberOf(error, 'errno'),
      });
    const timeout = timer.setTimeout(() => fail('timeout'), timeoutMs);
    try {
      const returned = start({ success, fail });
      const then = member(returned, 'then');
      if (typeof then === 'function') then.call(returned, (value: unknown) => isResult(value) && success(value), fail);
    } catch (error) {
      fail(error);
    }
  });
}

function isResult(value: unknown): boolean {
  return value !== undefined && typeof member(value, 'abort') !== 'function';
}
