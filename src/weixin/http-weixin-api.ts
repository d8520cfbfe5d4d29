import type { SharedTokens } from '../domain/access-token.js';
import type { App, AppId, OpenId } from '../domain/app.js';
import type { Clock, Milliseconds } from '../domain/clock.js';
import type { TOO_LATE } from '../domain/deadline.js';
import { Deadline } from '../domain/deadline.js';
import type { Log } from '../domain/log.js';
import type { Metrics } from '../domain/metrics.js';
import type { PhoneDocument } from '../domain/phone-number.js';
import { fail, type Result, succeed } from '../domain/result.js';
import type { Secret } from '../domain/secret.js';
import type { SessionKey } from '../domain/session-key.js';
import { AccessTokens } from './access-tokens.js';
import { checkEncryptedData, checkEncryptedDataRequest } from './endpoints/check-encrypted-data.js';
import { checkSessionKey, checkSessionKeyRequest } from './endpoints/check-session-key.js';
import { code2Session, code2SessionRequest } from './endpoints/code2session.js';
import { type Endpoint, OURS, TOKEN_REJECTED } from './endpoints/endpoint.js';
import { getOpenData, getOpenDataRequest } from './endpoints/get-open-data.js';
import { getUserPhoneNumber, getUserPhoneNumberRequest } from './endpoints/get-user-phone-number.js';
import { stableToken, stableTokenRequest } from './endpoints/stable-token.js';
import { GuardedWeixin, type Reply } from './guarded-weixin.js';
import {
  type CloudIdFailure,
  type Code2SessionRefusal,
  type QuotaFailure,
  type TapCodeRefusal,
  type WeixinApi,
  WeixinRefusesUs,
  type WeixinSession,
} from './weixin-api.js';
import type { WeixinHttp, WeixinRequest } from './weixin-http.js';

export interface HttpWeixinApiOptions {
  readonly http: WeixinHttp;
  readonly apps: readonly App[];
  readonly clock: Clock;
  /** Of the breakers: it never goes back. */
  readonly uptime: () => Milliseconds;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Calls at a time. */
  readonly maxInFlight: number;
  /** For an access token: several requests may wait for it, each until its own deadline. */
  readonly tokenDeadline: Milliseconds;
  /** Where instances leave access tokens for each other; undefined: each has its own. */
  readonly sharedTokens: SharedTokens | undefined;
}

const ENDPOINTS = [code2Session, stableToken, getUserPhoneNumber, getOpenData, checkSessionKey, checkEncryptedData];

/** Weixin's server API over HTTP. */
export class HttpWeixinApi implements WeixinApi {
  readonly #weixin: GuardedWeixin;
  readonly #log: Log;
  readonly #apps: ReadonlyMap<AppId, App>;
  readonly #tokens: AccessTokens;

  constructor(options: HttpWeixinApiOptions) {
    const { http, apps, clock, uptime, log, metrics, maxInFlight, tokenDeadline, sharedTokens } = options;
    this.#log = log;
    this.#apps = new Map(apps.map((app) => [app.appId, app]));
    const appIds = apps.map(({ appId }) => appId);
    this.#weixin = new GuardedWeixin({ http, appIds, endpoints: ENDPOINTS, maxInFlight, log, metrics, now: uptime });
    this.#tokens = new AccessTokens({
      fetch: (app) => this.#call(stableToken, app.appId, stableTokenRequest(app), new Deadline(tokenDeadline)),
      onRenewalFailed: ({ appId }, cause) => {
        const errcode = cause instanceof WeixinRefusesUs ? { errcode: cause.errcode } : {};
        log.warn({ endpoint: stableToken.path, appId, ...errcode }, 'an access token could not be renewed');
      },
      clock,
      shared: sharedTokens,
    });
  }

  code2Session(app: App, code: string, deadline: Deadline): Promise<Result<WeixinSession, Code2SessionRefusal>> {
    return this.#call(code2Session, app.appId, code2SessionRequest(app, code), deadline);
  }

  exchangePhoneCode(
    appId: AppId,
    code: string,
    openId: OpenId | null,
    deadline: Deadline,
  ): Promise<Result<PhoneDocument, TapCodeRefusal>> {
    return this.#ask(getUserPhoneNumber, appId, getUserPhoneNumberRequest(code, openId), deadline);
  }

  openCloudId(
    appId: AppId,
    cloudId: string,
    openId: OpenId,
    deadline: Deadline,
  ): Promise<Result<PhoneDocument, CloudIdFailure>> {
    return this.#ask(getOpenData, appId, getOpenDataRequest(cloudId, openId), deadline);
  }

  isSessionKeyCurrent(
    appId: AppId,
    openId: OpenId,
    key: SessionKey,
    deadline: Deadline,
  ): Promise<Result<boolean, QuotaFailure>> {
    return this.#ask(checkSessionKey, appId, checkSessionKeyRequest(openId, key), deadline);
  }

  hasIssued(appId: AppId, encryptedData: Buffer, deadline: Deadline): Promise<Result<boolean, QuotaFailure>> {
    return this.#ask(checkEncryptedData, appId, checkEncryptedDataRequest(encryptedData), deadline);
  }

  /** Asks with an access token; where Weixin rejects the token, once more with another one. */
  async #ask<T, R>(
    endpoint: Endpoint<T, R>,
    appId: AppId,
    request: WeixinRequest,
    deadline: Deadline,
  ): Promise<Result<T, R>> {
    const app = this.#apps.get(appId);
    const token = app && (await deadline.wait(this.#tokens.get(app)));
    if (app === undefined || !isToken(token)) return fail(endpoint.unusable(false));
    const call = ({ value }: { readonly value: Secret }) => {
      const query = { ...request.query, access_token: value.reveal() };
      return this.#weixin.call(endpoint, appId, { ...request, query }, deadline);
    };

    let reply = await call(token);
    if (isTokenRejected(reply)) {
      this.#log.warn({ endpoint: endpoint.path, appId }, 'Weixin rejects the access token: fetching another');
      const another = await deadline.wait(this.#tokens.replace(app, token.value));
      if (!isToken(another)) return fail(endpoint.unusable(false));
      reply = await call(another);
    }
    return isTokenRejected(reply) ? fail(endpoint.unusable(false)) : this.#read(endpoint, appId, reply);
  }

  async #call<T, R>(
    endpoint: Endpoint<T, R>,
    appId: AppId,
    request: WeixinRequest,
    deadline: Deadline,
  ): Promise<Result<T, R>> {
    return this.#read(endpoint, appId, await this.#weixin.call(endpoint, appId, request, deadline));
  }

  #read<T, R>(endpoint: Endpoint<T, R>, appId: AppId, reply: Reply<T>): Result<T, R> {
    if (reply.kind === 'refused') return fail(endpoint.unusable(false));
    const about = { endpoint: endpoint.path, appId };
    if (reply.kind === 'lost') {
      this.#log.warn({ ...about, reason: reply.reason }, 'Weixin did not answer');
      return fail(endpoint.unusable(reply.sent));
    }
    const { errcode, value } = reply;
    if (OURS.has(errcode) || endpoint.ours?.has(errcode)) throw new WeixinRefusesUs(endpoint.path, appId, errcode);
    const refusal = endpoint.refusals.get(errcode);
    if (refusal !== undefined) return fail(refusal);
    if (value !== undefined) return succeed(value);
    this.#log.warn({ ...about, errcode }, 'Weixin answered nothing usable');
    return fail(endpoint.unusable(true));
  }
}

/** Whether there is a token: it may have come too late, or not at all. */
function isToken(
  fetched: Result<Secret, QuotaFailure> | typeof TOO_LATE | undefined,
): fetched is { readonly ok: true; readonly value: Secret } {
  return typeof fetched === 'object' && fetched.ok;
}

function isTokenRejected(reply: Reply<unknown>): boolean {
  return reply.kind === 'answer' && TOKEN_REJECTED.has(reply.errcode);
}
