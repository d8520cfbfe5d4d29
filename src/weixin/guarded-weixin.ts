import { setTimeout as delay } from 'node:timers/promises';
import { bulkhead, type BulkheadPolicy, BulkheadRejectedError } from 'cockatiel';
import type { AppId } from '../domain/app.js';
import type { Milliseconds } from '../domain/clock.js';
import { type Deadline, TOO_LATE } from '../domain/deadline.js';
import type { Log } from '../domain/log.js';
import type { Metrics } from '../domain/metrics.js';
import { CircuitBreaker } from './circuit-breaker.js';
import { type Endpoint, SYSTEM_BUSY } from './endpoints/endpoint.js';
import type { LostAnswer } from './weixin-answer.js';
import type { WeixinHttp, WeixinRequest } from './weixin-http.js';

/** Before the one repetition: short beside the deadline, with jitter so that instances do not march in step. */
export const REPEAT_AFTER: Milliseconds = 50;
const REPEAT_JITTER: Milliseconds = 150;

export type Reply<T> =
  /** Weixin answered; `value` is what the endpoint reads in the answer, undefined where it reads nothing. */
  | { readonly kind: 'answer'; readonly errcode: number; readonly value: T | undefined }
  | LostAnswer
  /** The call was not made. */
  | typeof REFUSED;

const REFUSED = { kind: 'refused' } as const;

export interface GuardedWeixinOptions {
  readonly http: WeixinHttp;
  readonly appIds: readonly AppId[];
  readonly endpoints: readonly Endpoint<unknown, unknown>[];
  /** Calls at a time; as many again may wait for a place, which is about the time of one call. */
  readonly maxInFlight: number;
  readonly log: Log;
  readonly metrics: Metrics;
  /** The breakers' clock; it never goes back. */
  readonly now: () => Milliseconds;
}

/**
 * Calls of Weixin that can neither pile up nor go on against a Weixin that fails: a place for each, a circuit breaker for
 * each app and endpoint, and one repetition where Weixin did not act (errcode -1, or nothing was sent).
 */
export class GuardedWeixin {
  readonly #http: WeixinHttp;
  readonly #metrics: Metrics;
  readonly #places: BulkheadPolicy;
  readonly #breakers: ReadonlyMap<AppId, ReadonlyMap<string, CircuitBreaker>>;

  constructor({ http, appIds, endpoints, maxInFlight, log, metrics, now }: GuardedWeixinOptions) {
    this.#http = http;
    this.#metrics = metrics;
    this.#places = bulkhead(maxInFlight, maxInFlight);
    const breaker = (appId: AppId, endpoint: string) => {
      metrics.weixinBreaker(appId, endpoint, false);
      const onChange = (isOpen: boolean) => {
        metrics.weixinBreaker(appId, endpoint, isOpen);
        log.warn({ appId, endpoint }, isOpen ? 'Weixin fails: it is asked once a second' : 'Weixin works again');
      };
      return new CircuitBreaker({ now, onChange });
    };
    this.#breakers = new Map(
      appIds.map((appId) => [appId, new Map(endpoints.map(({ path }) => [path, breaker(appId, path)]))]),
    );
  }

  /** A reply by the deadline. It never throws. */
  async call<T>(
    endpoint: Endpoint<T, unknown>,
    appId: AppId,
    request: WeixinRequest,
    deadline: Deadline,
  ): Promise<Reply<T>> {
    const breaker = this.#breakers.get(appId)?.get(endpoint.path);
    if (breaker === undefined) throw new RangeError('This app or this endpoint is not configured.');
    const first = await this.#try(endpoint, breaker, request, deadline);
    if (!mayRepeat(first)) return first;
    const pause = REPEAT_AFTER + Math.random() * REPEAT_JITTER;
    if (deadline.left <= pause) return first;
    await delay(pause);
    const second = await this.#try(endpoint, breaker, request, deadline);
    return second === REFUSED ? first : second;
  }

  /** Tries once: at once where there is a place, and otherwise as soon as there is one. */
  async #try<T>(
    endpoint: Endpoint<T, unknown>,
    breaker: CircuitBreaker,
    request: WeixinRequest,
    deadline: Deadline,
  ): Promise<Reply<T>> {
    if (!breaker.admits) return this.#refuse(endpoint, 'breaker');
    const hasPlace = this.#places.executionSlots > 0;
    const asked = this.#places.execute(() => this.#ask(endpoint, breaker, request, deadline));
    try {
      const reply = hasPlace ? await asked : await deadline.wait(asked);
      return reply === TOO_LATE ? this.#refuse(endpoint, 'in_flight') : reply;
    } catch (error) {
      if (error instanceof BulkheadRejectedError) return this.#refuse(endpoint, 'in_flight');
      throw error;
    }
  }

  async #ask<T>(
    endpoint: Endpoint<T, unknown>,
    breaker: CircuitBreaker,
    request: WeixinRequest,
    deadline: Deadline,
  ): Promise<Reply<T>> {
    // Nobody waits any more for a call whose time passed while it had no place.
    if (deadline.left === 0) return REFUSED;
    const period = breaker.enter();
    if (period === undefined) return this.#refuse(endpoint, 'breaker');
    const startedAt = performance.now();
    const answer = await this.#http.ask(request, deadline);
    const outcome = answer.kind === 'lost' ? 'lost' : String(answer.errcode);
    this.#metrics.weixinCall(endpoint.path, outcome, (performance.now() - startedAt) / 1000);
    const reply = answer.kind === 'lost' ? answer : read(endpoint, answer.errcode, answer.body);
    breaker.settle(period, isFailure(reply));
    return reply;
  }

  #refuse(endpoint: Endpoint<unknown, unknown>, cause: 'breaker' | 'in_flight'): typeof REFUSED {
    this.#metrics.weixinRefused(endpoint.path, cause);
    return REFUSED;
  }
}

function read<T>(endpoint: Endpoint<T, unknown>, errcode: number, body: Readonly<Record<string, unknown>>): Reply<T> {
  return { kind: 'answer', errcode, value: errcode === 0 ? endpoint.parse(body) : endpoint.answers?.get(errcode) };
}

/** Whether Weixin failed, rather than refused: an errcode is an answer, whatever it says, but for "busy". */
function isFailure(reply: Reply<unknown>): boolean {
  if (reply.kind !== 'answer') return true;
  return reply.errcode === SYSTEM_BUSY || (reply.errcode === 0 && reply.value === undefined);
}

function mayRepeat(reply: Reply<unknown>): boolean {
  if (reply.kind === 'lost') return !reply.sent;
  return reply.kind === 'answer' && reply.errcode === SYSTEM_BUSY;
}
