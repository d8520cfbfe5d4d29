import { type Dispatcher, Pool } from 'undici';
import type { Milliseconds } from '../domain/clock.js';
import type { Deadline } from '../domain/deadline.js';
import type { Proxies } from '../domain/proxies.js';
import { AnswerReader } from './answer-reader.js';
import { happyEyeballs, type Lookup } from './happy-eyeballs.js';
import { throughProxy } from './through-proxy.js';
import type { WeixinAnswer } from './weixin-answer.js';

/** Longest answer in bytes; Weixin's are under 2 KiB. */
export const MAX_ANSWER_BYTES = 8 * 1024;
/** Lifetime of an idle connection: shorter than servers keep one, so that no request meets a closing connection. */
export const KEEP_ALIVE: Milliseconds = 4_000;
/** Upper bound for the lifetime in Weixin's Keep-Alive header. */
const MAX_KEEP_ALIVE: Milliseconds = 60_000;

export interface WeixinRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Without one, the path may hold a query. */
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: object;
  /** W3C Trace Context of the call's span. */
  readonly traceparent?: string | undefined;
}

export interface WeixinHttpOptions {
  /** Of the API, without a closing slash: an origin, or that of a relay with its path. */
  readonly url: string;
  /** Most connections, with one call at a time on each. */
  readonly connections: number;
  /** Deadline for a connection, including the look-up of the name and the TLS handshake. */
  readonly connectTimeout: Milliseconds;
  /** Looks up names; default: the system's resolver. */
  readonly lookup?: Lookup;
  /** Certificate authorities; default: Node's. */
  readonly ca?: string;
  /** Default: none. */
  readonly proxies?: Proxies;
  /** Told the Date header of each answer. */
  readonly onDate?: ((date: string) => void) | undefined;
}

/**
 * Makes single HTTP calls to Weixin's server API: no redirects (the secret is in the URL), no retries, bounded answers.
 */
export class WeixinHttp {
  readonly #dispatcher: Dispatcher;
  /** Scheme, host and port of the API. */
  readonly origin: string;
  readonly #prefix: string;
  readonly #onDate: WeixinHttpOptions['onDate'];

  constructor({ url, connections, connectTimeout, lookup, ca, proxies, onDate }: WeixinHttpOptions) {
    const { origin, pathname } = new URL(url);
    this.origin = origin;
    this.#onDate = onDate;
    this.#prefix = pathname === '/' ? '' : pathname;
    const options: Pool.Options = {
      connections,
      pipelining: 1,
      connect: happyEyeballs({ timeout: connectTimeout, lookup, ca }),
      keepAliveTimeout: KEEP_ALIVE,
      keepAliveMaxTimeout: MAX_KEEP_ALIVE,
      // AnswerReader enforces the deadline; these two would restart with every byte.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxResponseSize: MAX_ANSWER_BYTES,
    };
    const proxy = proxies?.[origin.startsWith('https:') ? 'https' : 'http'];
    this.#dispatcher =
      proxy === undefined
        ? new Pool(origin, options)
        : throughProxy(options, { proxy, except: proxies?.none ?? '', timeout: connectTimeout, ca });
  }

  /** Sends a request. Settles by the deadline, and never rejects. */
  ask({ method, path, query, headers, body, traceparent }: WeixinRequest, deadline: Deadline): Promise<WeixinAnswer> {
    return new Promise((settle) => {
      const json = body && { body: JSON.stringify(body) };
      this.#dispatcher.dispatch(
        {
          origin: this.origin,
          method,
          path: this.#prefix + path,
          ...(query && { query }),
          headers: {
            ...headers,
            ...(body && { 'content-type': 'application/json' }),
            ...(traceparent && { traceparent }),
          },
          ...json,
        },
        new AnswerReader(deadline.left, settle, this.#onDate),
      );
    });
  }

  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }
}
