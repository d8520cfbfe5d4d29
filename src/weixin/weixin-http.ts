import { Pool } from 'undici';
import type { Milliseconds } from '../domain/clock.js';
import type { Deadline } from '../domain/deadline.js';
import { AnswerReader } from './answer-reader.js';
import { happyEyeballs, type Lookup } from './happy-eyeballs.js';
import type { WeixinAnswer } from './weixin-answer.js';

/** Bytes of an answer that are read: Weixin's are under 2 KiB. */
export const MAX_ANSWER_BYTES = 8 * 1024;
/** How long an idle connection is kept: shorter than servers do, so that none is used while the server closes it. */
export const KEEP_ALIVE: Milliseconds = 4_000;
/** The longest that a Keep-Alive header of Weixin may make it. */
const MAX_KEEP_ALIVE: Milliseconds = 60_000;

export interface WeixinRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: object;
}

export interface WeixinHttpOptions {
  readonly origin: string;
  /** Connections at a time, one call on each. */
  readonly connections: number;
  /** For a connection, including the look-up of the name and the TLS handshake. */
  readonly connectTimeout: Milliseconds;
  /** How names become addresses; default: the system's way. */
  readonly lookup?: Lookup;
  /** Certificate authorities; default: Node's. */
  readonly ca?: string;
}

/** One HTTP call of Weixin's server API: no redirects (the secret is in the URL), no repetition, a bounded answer. */
export class WeixinHttp {
  readonly #pool: Pool;

  constructor({ origin, connections, connectTimeout, lookup, ca }: WeixinHttpOptions) {
    this.#pool = new Pool(origin, {
      connections,
      pipelining: 1,
      connect: happyEyeballs({ timeout: connectTimeout, lookup, ca }),
      keepAliveTimeout: KEEP_ALIVE,
      keepAliveMaxTimeout: MAX_KEEP_ALIVE,
      // AnswerReader times the whole; these two start anew with every byte.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxResponseSize: MAX_ANSWER_BYTES,
    });
  }

  /** Settles by the deadline, and never throws. */
  ask({ method, path, query, body }: WeixinRequest, deadline: Deadline): Promise<WeixinAnswer> {
    return new Promise((settle) => {
      const json = body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      this.#pool.dispatch({ method, path, query, ...json }, new AnswerReader(deadline.left, settle));
    });
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}
