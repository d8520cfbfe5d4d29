import {
  ExponentialBackoff,
  handleWhenResult,
  retry,
  TaskCancelledError,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel';
import { Agent } from 'undici';
import type { Milliseconds } from '../domain/clock.js';
import { SYSTEM_BUSY } from './endpoints/endpoint.js';

/** Bytes of an answer that are read: Weixin's are under 2 KiB. */
const MAX_ANSWER_BYTES = 8 * 1024;
/** Connections to Weixin; a call that finds them all busy waits, inside its deadline. */
const MAX_CONNECTIONS = 64;
/** Before the one repetition: short beside the deadline, with jitter so that instances do not march in step. */
const RETRY_DELAY = { initialDelay: 50, maxDelay: 200 };

/** An answer of Weixin's: a JSON object with its errcode (0 where Weixin wrote none), or none that is of use. */
export type WeixinAnswer =
  | { readonly kind: 'answer'; readonly errcode: number; readonly body: Readonly<Record<string, unknown>> }
  /** `sent`: whether Weixin may have acted on the request. `reason` is for the log, and holds nothing of the request. */
  | { readonly kind: 'lost'; readonly sent: boolean; readonly reason: string };

export interface WeixinRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: object;
}

/** Failures of a connection that was never made, so that nothing of the request can have gone out. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * HTTP to Weixin's server API: one deadline for a call with its repetition, one repetition only where Weixin did not act
 * (errcode -1, or a connection that was never made), no redirects (the secret is in the URL), a bounded answer.
 */
export class WeixinHttp {
  readonly #origin: string;
  readonly #agent: Agent;
  readonly #policy;

  constructor(origin: string, deadline: Milliseconds) {
    this.#origin = origin;
    this.#agent = new Agent({
      connections: MAX_CONNECTIONS,
      connect: { timeout: deadline },
      headersTimeout: deadline,
      bodyTimeout: deadline,
      maxResponseSize: MAX_ANSWER_BYTES,
    });
    this.#policy = wrap(
      timeout(deadline, TimeoutStrategy.Aggressive),
      retry(handleWhenResult(mayRepeat), { maxAttempts: 1, backoff: new ExponentialBackoff(RETRY_DELAY) }),
    );
  }

  /** @param until ends the call early: the rest of a longer deadline */
  async call(request: WeixinRequest, until?: AbortSignal): Promise<WeixinAnswer> {
    try {
      return await this.#policy.execute(({ signal }) => this.#send(request, signal), until);
    } catch (error) {
      if (error instanceof TaskCancelledError) return { kind: 'lost', sent: true, reason: 'no answer in time' };
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #send({ method, path, query, body }: WeixinRequest, signal: AbortSignal): Promise<WeixinAnswer> {
    let status: number;
    let text: string;
    try {
      const response = await this.#agent.request({
        origin: this.#origin,
        path,
        query,
        method,
        signal,
        ...(body !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      });
      status = response.statusCode;
      text = await response.body.text();
    } catch (error) {
      const code = errorCode(error);
      return { kind: 'lost', sent: !BEFORE_SENDING.has(code), reason: code };
    }
    if (status !== 200) return { kind: 'lost', sent: true, reason: `status ${status}` };
    return parseAnswer(text);
  }
}

function mayRepeat(result: unknown): boolean {
  const answer = result as WeixinAnswer;
  return answer.kind === 'lost' ? !answer.sent : answer.errcode === SYSTEM_BUSY;
}

/** Weixin sends JSON as text/plain, and an errcode only on failure: an absent one is 0. */
function parseAnswer(text: string): WeixinAnswer {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { kind: 'lost', sent: true, reason: 'not JSON' };
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { kind: 'lost', sent: true, reason: 'not a JSON object' };
  }
  const { errcode = 0 } = body as { errcode?: unknown };
  if (typeof errcode !== 'number') return { kind: 'lost', sent: true, reason: 'errcode is not a number' };
  return { kind: 'answer', errcode, body: body as Record<string, unknown> };
}

/** The first stable error code in the chain of causes; messages are left alone, for they may quote what was sent. */
function errorCode(error: unknown): string {
  for (let cause = error; typeof cause === 'object' && cause !== null; cause = (cause as Error).cause) {
    const { code } = cause as { code?: unknown };
    if (typeof code === 'string') return code;
  }
  return 'unknown';
}
