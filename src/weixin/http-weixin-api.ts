import type { SharedTokens } from '../domain/access-token.js';
import type { App, AppId, OpenId } from '../domain/app.js';
import type { Clock, Milliseconds } from '../domain/clock.js';
import { Deadline, TOO_LATE } from '../domain/deadline.js';
import { unavailable } from '../domain/failure.js';
import type { Log } from '../domain/log.js';
import type { Metrics } from '../domain/metrics.js';
import type { Tracing } from '../domain/tracing.js';
import type { PhoneDocument } from '../domain/phone-number.js';
import { fail, type Result, succeed } from '../domain/result.js';
import type { Secret } from '../domain/secret.js';
import type { SessionKey } from '../domain/session-key.js';
import { AccessTokens } from './access-tokens.js';
import { checkEncryptedData, checkEncryptedDataRequest } from './endpoints/check-encrypted-data.js';
import { checkSessionKey, checkSessionKeyRequest } from './endpoints/check-session-key.js';
import { code2Session, code2SessionRequest } from './endpoints/code2session.js';
import { TOKEN_REJECTED } from './endpoints/endpoint.js';
import { getOpenData, getOpenDataRequest } from './endpoints/get-open-data.js';
import { getUserPhoneNumber, getUserPhoneNumberRequest } from './endpoints/get-user-phone-number.js';
import { stableToken, stableTokenRequest } from './endpoints/stable-token.js';
import { type Call, GuardedWeixin, type Reply } from './guarded-weixin.js';
import {
  type CloudIdFailure,
  type Code2SessionRefusal,
  type QuotaFailure,
  type TapCodeRefusal,
  type WeixinApi,
  WeixinRefusesUs,
  type WeixinSession,
} from './weixin-api.js';
import type { WeixinHttp } from './weixin-http.js';

export interface HttpWeixinApiOptions {
  readonly http: WeixinHttp;
  readonly apps: readonly App[];
  readonly clock: Clock;
  /** Monotonic clock of the breakers. */
  readonly uptime: () => Milliseconds;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracing?: Tracing | undefined;
  /** Calls in flight. */
  readonly maxInFlight: number;
  /** Deadline for fetching an access token. Several requests may wait for it, each until its own deadline. */
  readonly tokenDeadline: Milliseconds;
  /** Store in which instances share access tokens; undefined: each instance has its own. */
  readonly sharedTokens: SharedTokens | undefined;
}

const ENDPOINTS = [code2Session, stableToken, getUserPhoneNumber, getOpenData, checkSessionKey, checkEncryptedData];

/** Weixin's server API over HTTP. */
export class HttpWeixinApi implements WeixinApi {
  readonly #weixin: GuardedWeixin;
  readonly #log: Log;
  readonly #metrics: Metrics;
  readonly #apps: ReadonlyMap<AppId, App>;
  readonly #tokens: AccessTokens;

  constructor(options: HttpWeixinApiOptions) {
    const { http, apps, clock, uptime, log, metrics, tracing, maxInFlight, tokenDeadline, sharedTokens } = options;
    this.#log = log;
    this.#metrics = metrics;
    this.#apps = new Map(apps.map((app) => [app.appId, app]));
    const appIds = apps.map(({ appId }) => appId);
    this.#weixin = new GuardedWeixin({
      http,
      appIds,
      endpoints: ENDPOINTS,
      maxInFlight,
      log,
      metrics,
      tracing,
      now: uptime,
    });
    this.#tokens = new AccessTokens({
      fetch: (app, force) =>
        this.#call({
          endpoint: stableToken,
          appId: app.appId,
          request: stableTokenRequest(app, force),
          deadline: new Deadline(tokenDeadline),
        }),
      onRenewalFailed: ({ appId }, cause) => {
        if (cause instanceof WeixinRefusesUs) {
          log.error({ endpoint: cause.endpoint, appId, errcode: cause.errcode }, cause.message);
        } else {
          log.warn({ endpoint: stableToken.path, appId }, 'an access token could not be renewed');
        }
      },
      onHeld: ({ appId }, left) => metrics.accessToken(appId, left / 1000),
      clock,
      shared: sharedTokens,
    });
  }

  code2Session(app: App, code: string, deadline: Deadline): Promise<Result<WeixinSession, Code2SessionRefusal>> {
    return this.#call({
      endpoint: code2Session,
      appId: app.appId,
      request: code2SessionRequest(app, code),
      deadline,
    });
  }

  exchangePhoneCode(
    appId: AppId,
    code: string,
    openId: OpenId | null,
    deadline: Deadline,
  ): Promise<Result<PhoneDocument, TapCodeRefusal>> {
    return this.#ask({
      endpoint: getUserPhoneNumber,
      appId,
      request: getUserPhoneNumberRequest(code, openId),
      deadline,
    });
  }

  openCloudId(
    appId: AppId,
    cloudId: string,
    openId: OpenId,
    deadline: Deadline,
  ): Promise<Result<PhoneDocument, CloudIdFailure>> {
    return this.#ask({ endpoint: getOpenData, appId, request: getOpenDataRequest(cloudId, openId), deadline });
  }

  isSessionKeyCurrent(
    appId: AppId,
    openId: OpenId,
    key: SessionKey,
    deadline: Deadline,
  ): Promise<Result<boolean, QuotaFailure>> {
    return this.#ask({ endpoint: checkSessionKey, appId, request: checkSessionKeyRequest(openId, key), deadline });
  }

  hasIssued(appId: AppId, encryptedData: Buffer, deadline: Deadline): Promise<Result<boolean, QuotaFailure>> {
    return this.#ask({
      endpoint: checkEncryptedData,
      appId,
      request: checkEncryptedDataRequest(encryptedData),
      deadline,
    });
  }

  /** Calls with an access token; if Weixin rejects it, retries once with another one. */
  async #ask<T, R>(call: Call<T, R>): Promise<Result<T, R>> {
    const { endpoint, appId, request, deadline } = call;
    const app = this.#apps.get(appId);
    // A session can outlive its app's place in the configuration.
    if (app === undefined) return fail(endpoint.refuse(unavailable, 'no'));
    const callWith = (token: Secret) => {
      const query = { ...request.query, access_token: token.reveal() };
      return this.#weixin.call({ ...call, request: { ...request, query } });
    };

    const token = await deadline.wait(this.#tokens.get(app));
    if (token === TOO_LATE) return fail(endpoint.refuse(unavailable, 'no'));
    if (!token.ok) return fail(endpoint.refuse(token.failure, 'no'));
    const reply = await callWith(token.value);
    if (!isTokenRejected(reply)) return this.#result(call, reply);

    this.#log.warn(
      { endpoint: endpoint.path, appId, errcode: reply.errcode },
      'Weixin rejects the access token: fetching another',
    );
    const another = await deadline.wait(this.#tokens.replace(app, token.value));
    if (another === TOO_LATE) return fail(endpoint.refuse(unavailable, 'no'));
    // There is no other token: the rejection stands.
    if (another === undefined) return this.#result(call, reply);
    if (!another.ok) return fail(endpoint.refuse(another.failure, 'no'));
    return this.#result(call, await callWith(another.value));
  }

  async #call<T, R>(call: Call<T, R>): Promise<Result<T, R>> {
    return this.#result(call, await this.#weixin.call(call));
  }

  /** @throws WeixinRefusesUs for an errcode that only the operator can resolve */
  #result<T, R>({ endpoint, appId }: Call<T, R>, reply: Reply<T, R>): Result<T, R> {
    const about = { endpoint: endpoint.path, appId };
    switch (reply.kind) {
      case 'value':
        return succeed(reply.value);
      case 'refusal':
        return fail(reply.refusal);
      case 'errcode':
        this.#metrics.weixinOperatorError(endpoint.path, reply.errcode);
        throw new WeixinRefusesUs(endpoint.path, appId, reply.errcode);
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
