import { setTimeout as delay } from 'node:timers/promises';
import type { AppId } from '../domain/app.js';
import type { Milliseconds } from '../domain/clock.js';
import { type Deadline, TOO_LATE } from '../domain/deadline.js';
import type { Log } from '../domain/log.js';
import type { Metrics } from '../domain/metrics.js';
import { Breakers } from './breakers.js';
import { noTracing, type SpanOutcome, type Tracing } from '../domain/tracing.js';
import { Bulkhead } from './bulkhead.js';
import type { CircuitBreaker } from './circuit-breaker.js';
import { type Endpoint, type Reading, SYSTEM_BUSY } from './endpoints/endpoint.js';
import { seenAddress } from './seen-address.js';
import type { LostAnswer, UnreadableAnswer, WeixinAnswer } from './weixin-answer.js';
import type { WeixinHttp, WeixinRequest } from './weixin-http.js';

/** Pause before the one retry: short compared with the deadline, with jitter so that instances do not retry in step. */
export const REPEAT_AFTER: Milliseconds = 50;
const REPEAT_JITTER: Milliseconds = 150;

export type Reply<T, R> =
  /** Weixin did what was asked, or refused the user's input. */
  | Exclude<Reading<T, R>, { kind: 'unreadable' }>
  /** An errcode that the endpoint has no entry for, with our address if the answer tells it. */
  | { readonly kind: 'errcode'; readonly errcode: number; readonly address: string | undefined }
  | UnreadableAnswer
  | LostAnswer
  /** Errcode -1, also after the retry. */
  | { readonly kind: 'busy' }
  /** The call was not made. */
  | typeof NOT_MADE;

const NOT_MADE = { kind: 'not made' } as const;
const BUSY = { kind: 'busy' } as const;

/** A call of an endpoint for an app. */
export interface Call<T, R> {
  readonly endpoint: Endpoint<T, R>;
  readonly appId: AppId;
  readonly request: WeixinRequest;
  readonly deadline: Deadline;
}

export interface GuardedWeixinOptions {
  readonly http: WeixinHttp;
  /** Calls in flight; as many again may wait for a place, for about the time of one call. */
  readonly maxInFlight: number;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracing?: Tracing | undefined;
  /** Monotonic clock of the breakers. */
  readonly now: () => Milliseconds;
}

/**
 * Calls Weixin through a bulkhead and a circuit breaker for each app and endpoint, with one retry if Weixin did not act
 * (errcode -1, or nothing was sent).
 */
export class GuardedWeixin {
  readonly #options: GuardedWeixinOptions;
  readonly #places: Bulkhead;
  readonly #breakers: Breakers;

  constructor(options: GuardedWeixinOptions) {
    this.#options = options;
    this.#places = new Bulkhead(options.maxInFlight, options.maxInFlight);
    this.#breakers = new Breakers(options);
  }

  /** Replies by the deadline. */
  async call<T, R>(call: Call<T, R>): Promise<Reply<T, R>> {
    const breaker = this.#breakers.of(call.appId, call.endpoint.path);
    const first = await this.#try(call, breaker);
    if (!mayRepeat(first)) return first;
    const pause = REPEAT_AFTER + Math.random() * REPEAT_JITTER;
    if (call.deadline.left <= pause) return first;
    await delay(pause);
    const second = await this.#try(call, breaker);
    return second === NOT_MADE ? first : second;
  }

  /** Tries once, as soon as there is a place. */
  async #try<T, R>(call: Call<T, R>, breaker: CircuitBreaker): Promise<Reply<T, R>> {
    if (!breaker.admits) return this.#notMade(call.endpoint, 'breaker');
    const reply = await this.#places.run(() => this.#ask(call, breaker), call.deadline);
    return reply === 'full' || reply === TOO_LATE ? this.#notMade(call.endpoint, 'in_flight') : reply;
  }

  async #ask<T, R>({ endpoint, request, deadline }: Call<T, R>, breaker: CircuitBreaker): Promise<Reply<T, R>> {
    // The breaker may have opened while the call waited for its place.
    const period = breaker.enter();
    if (period === undefined) return this.#notMade(endpoint, 'breaker');
    const startedAt = performance.now();
    const { http, metrics, tracing = noTracing } = this.#options;
    // The endpoint's own path: that of a token server may hold a key.
    const span = tracing.weixinCall(request.method, `${http.origin}${endpoint.path}`);
    const answer = await http.ask({ ...request, traceparent: span.traceparent }, deadline);
    const seconds = (performance.now() - startedAt) / 1000;
    const reply = readAnswer(endpoint, answer);
    const isUsable = answer.kind === 'answer' && reply.kind !== 'unreadable';
    metrics.weixinCall(endpoint.path, isUsable ? String(answer.errcode) : reply.kind, seconds);
    span.end(outcomeOf(answer, reply));
    breaker.settle(period, isOutage(reply));
    return reply;
  }

  #notMade(endpoint: Endpoint<unknown, unknown>, cause: 'breaker' | 'in_flight'): typeof NOT_MADE {
    this.#options.metrics.weixinRefused(endpoint.path, cause);
    return NOT_MADE;
  }
}

function readAnswer<T, R>(endpoint: Endpoint<T, R>, answer: WeixinAnswer): Reply<T, R> {
  if (answer.kind !== 'answer') return answer;
  const { errcode, body } = answer;
  if (errcode === 0) return endpoint.parse(body);
  if (errcode === SYSTEM_BUSY) return BUSY;
  const refusal = endpoint.refusals.get(errcode);
  if (refusal !== undefined) return { kind: 'refusal', refusal };
  const value = endpoint.answers?.get(errcode);
  if (value !== undefined) return { kind: 'value', value };
  return { kind: 'errcode', errcode, address: seenAddress(errcode, body['errmsg']) };
}

/** A refusal of the user's input, such as a used code, is no error of the call. */
function outcomeOf(answer: WeixinAnswer, reply: Reply<unknown, unknown>): SpanOutcome {
  if (answer.kind !== 'answer') return { error: answer.kind };
  const { errcode } = answer;
  const isFine = reply.kind === 'value' || reply.kind === 'refusal';
  return { status: 200, errcode, error: isFine ? undefined : reply.kind };
}

/**
 * Whether Weixin or the network fails. Any other reply may depend on one user's input: if it counted, bad input of one
 * user could open the breaker for all.
 */
function isOutage(reply: Reply<unknown, unknown>): boolean {
  return reply.kind === 'lost' || reply.kind === 'busy';
}

function mayRepeat(reply: Reply<unknown, unknown>): boolean {
  return reply.kind === 'busy' || (reply.kind === 'lost' && !reply.sent);
}
