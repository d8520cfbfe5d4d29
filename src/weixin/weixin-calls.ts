import type { App } from '../domain/app.js';
import { TOO_LATE } from '../domain/deadline.js';
import { unavailable } from '../domain/failure.js';
import type { Log } from '../domain/log.js';
import type { Metrics } from '../domain/metrics.js';
import { fail, type Result, succeed } from '../domain/result.js';
import type { Secret } from '../domain/secret.js';
import type { Credentials } from './credentials.js';
import { TOKEN_REJECTED } from './endpoints/endpoint.js';
import type { Call, GuardedWeixin, Reply } from './guarded-weixin.js';
import { WeixinRefusesUs } from './weixin-api.js';

export interface WeixinCallsOptions {
  readonly weixin: GuardedWeixin;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Calls Weixin, with a token if the endpoint wants one, and tells what a reply means for the caller. */
export class WeixinCalls {
  readonly #weixin: GuardedWeixin;
  readonly #log: Log;
  readonly #metrics: Metrics;

  constructor({ weixin, log, metrics }: WeixinCallsOptions) {
    this.#weixin = weixin;
    this.#log = log;
    this.#metrics = metrics;
  }

  /** @throws WeixinRefusesUs for an errcode that only the operator can resolve */
  async make<T, R>(call: Call<T, R>): Promise<Result<T, R>> {
    return this.#result(call, await this.#weixin.call(call));
  }

  /**
   * Calls with a token; if Weixin rejects it, retries once with another one.
   *
   * @param holder the app whose token it is
   * @throws OperatorError
   */
  async makeWithToken<T, R>(call: Call<T, R>, holder: App, credentials: Credentials): Promise<Result<T, R>> {
    const { endpoint, appId, request, deadline } = call;
    const callWith = (token: Secret) => {
      const query = { ...request.query, [credentials.parameter]: token.reveal() };
      return this.#weixin.call({ ...call, request: { ...request, query } });
    };

    const token = await deadline.wait(credentials.get(holder));
    if (token === TOO_LATE) return fail(endpoint.refuse(unavailable, 'no'));
    if (!token.ok) return fail(endpoint.refuse(token.failure, 'no'));
    const reply = await callWith(token.value);
    if (!isTokenRejected(reply)) return this.#result(call, reply);

    this.#log.warn(
      { endpoint: endpoint.path, appId, errcode: reply.errcode },
      'Weixin rejects the access token: fetching another',
    );
    const another = await deadline.wait(credentials.replace(holder, token.value));
    if (another === TOO_LATE) return fail(endpoint.refuse(unavailable, 'no'));
    // There is no other token: the rejection stands.
    if (another === undefined) return this.#result(call, reply);
    if (!another.ok) return fail(endpoint.refuse(another.failure, 'no'));
    return this.#result(call, await callWith(another.value));
  }

  #result<T, R>({ endpoint, appId }: Call<T, R>, reply: Reply<T, R>): Result<T, R> {
    const about = { endpoint: endpoint.path, appId };
    switch (reply.kind) {
      case 'value':
        return succeed(reply.value);
      case 'refusal':
        return fail(reply.refusal);
      case 'errcode':
        this.#metrics.weixinOperatorError(endpoint.path, reply.errcode);
        throw new WeixinRefusesUs(endpoint.path, appId, reply.errcode, reply.address);
      case 'unreadable':
        this.#log.warn({ ...about, reason: reply.reason }, 'the answer of Weixin cannot be read');
        return fail(endpoint.refuse(unavailable, 'unknown'));
      case 'lost':
        this.#log.warn({ ...about, reason: reply.reason }, 'Weixin did not answer');
        return fail(endpoint.refuse(unavailable, reply.sent ? 'unknown' : 'no'));
      case 'busy':
      case 'not made':
        return fail(endpoint.refuse(unavailable, 'no'));
    }
  }
}

function isTokenRejected<T, R>(reply: Reply<T, R>): reply is Extract<Reply<T, R>, { kind: 'errcode' }> {
  return reply.kind === 'errcode' && TOKEN_REJECTED.has(reply.errcode);
}
