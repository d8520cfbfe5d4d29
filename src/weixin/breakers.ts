import { LRUCache } from 'lru-cache';
import type { AppId } from '../domain/app.js';
import type { Milliseconds } from '../domain/clock.js';
import type { Log } from '../domain/log.js';
import type { Metrics } from '../domain/metrics.js';
import { CircuitBreaker } from './circuit-breaker.js';

/** Breakers kept; the least recently used is dropped, and starts closed if it is needed again. */
const MAX_BREAKERS = 20_000;
/** Open breakers that the metrics name; further ones share the app `other`. */
export const MAX_NAMED = 100;
const OTHERS = 'other';

export interface BreakersOptions {
  readonly log: Log;
  readonly metrics: Metrics;
  /** A monotonic clock. */
  readonly now: () => Milliseconds;
}

/** A circuit breaker for each app and endpoint, made at the first call. */
export class Breakers {
  readonly #options: BreakersOptions;
  readonly #breakers = new LRUCache<string, CircuitBreaker>({
    max: MAX_BREAKERS,
    dispose: (_breaker, key) => this.#reportClosed(key),
  });
  /** The open breakers, each with the name of its app in the metrics. */
  readonly #open = new Map<string, string>();

  constructor(options: BreakersOptions) {
    this.#options = options;
  }

  of(appId: AppId, endpoint: string): CircuitBreaker {
    const key = `${appId} ${endpoint}`;
    const known = this.#breakers.get(key);
    if (known !== undefined) return known;
    const { log, now } = this.#options;
    const breaker = new CircuitBreaker({
      now,
      onChange: (isOpen) => {
        if (isOpen) this.#reportOpen(key, appId);
        else this.#reportClosed(key);
        log.warn({ appId, endpoint }, isOpen ? 'Weixin fails: it is asked once a second' : 'Weixin works again');
      },
    });
    this.#breakers.set(key, breaker);
    return breaker;
  }

  #reportOpen(key: string, appId: AppId): void {
    const app = this.#open.size < MAX_NAMED ? appId : OTHERS;
    this.#open.set(key, app);
    this.#options.metrics.weixinBreaker(app, endpointOf(key), true);
  }

  #reportClosed(key: string): void {
    const app = this.#open.get(key);
    if (app === undefined) return;
    this.#open.delete(key);
    const endpoint = endpointOf(key);
    const isShared = app === OTHERS && [...this.#open].some(([of, by]) => by === OTHERS && endpointOf(of) === endpoint);
    if (!isShared) this.#options.metrics.weixinBreaker(app, endpoint, false);
  }
}

function endpointOf(key: string): string {
  return key.slice(key.indexOf(' ') + 1);
}
