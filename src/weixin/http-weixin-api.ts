import { TaskCancelledError, timeout, type TimeoutPolicy, TimeoutStrategy } from 'cockatiel';
import type { App, AppId, OpenId } from '../domain/app.js';
import type { Clock, Milliseconds } from '../domain/clock.js';
import type { Log } from '../domain/log.js';
import type { Metrics } from '../domain/metrics.js';
import type { PhoneDocument } from '../domain/phone-number.js';
import { fail, type Result, succeed } from '../domain/result.js';
import type { SessionKey } from '../domain/session-key.js';
import { AccessTokens, type SharedTokens } from './access-tokens.js';
import { checkEncryptedData, checkEncryptedDataRequest } from './endpoints/check-encrypted-data.js';
import { checkSessionKey, checkSessionKeyRequest } from './endpoints/check-session-key.js';
import { code2Session, code2SessionRequest } from './endpoints/code2session.js';
import { type Endpoint, OURS, TOKEN_REJECTED } from './endpoints/endpoint.js';
import { getOpenData, getOpenDataRequest } from './endpoints/get-open-data.js';
import { getUserPhoneNumber, getUserPhoneNumberRequest } from './endpoints/get-user-phone-number.js';
import { stableToken, stableTokenRequest } from './endpoints/stable-token.js';
import {
  type CloudIdFailure,
  type Code2SessionRefusal,
  type QuotaFailure,
  type TapCodeRefusal,
  type WeixinApi,
  WeixinRefusesUs,
  type WeixinSession,
} from './weixin-api.js';
import type { WeixinAnswer, WeixinHttp, WeixinRequest } from './weixin-http.js';

export interface HttpWeixinApiOptions {
  readonly http: WeixinHttp;
  readonly apps: readonly App[];
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** For one question with everything that it takes: an access token, the call, a repetition. */
  readonly deadline: Milliseconds;
  /** Where instances leave access tokens for each other; undefined: each has its own. */
  readonly sharedTokens: SharedTokens | undefined;
}

/** Weixin's server API over HTTP. */
export class HttpWeixinApi implements WeixinApi {
  readonly #http: WeixinHttp;
  readonly #log: Log;
  readonly #metrics: Metrics;
  readonly #apps: ReadonlyMap<AppId, App>;
  readonly #tokens: AccessTokens;
  readonly #deadline: TimeoutPolicy;

  constructor({ http, apps, clock, log, metrics, deadline, sharedTokens }: HttpWeixinApiOptions) {
    this.#http = http;
    this.#log = log;
    this.#metrics = metrics;
    this.#apps = new Map(apps.map((app) => [app.appId, app]));
    this.#deadline = timeout(deadline, TimeoutStrategy.Aggressive);
    this.#tokens = new AccessTokens({
      fetch: async (app) => this.#read(stableToken, app.appId, await this.#call(stableTokenRequest(app))),
      onRenewalFailed: ({ appId }, cause) => {
        const errcode = cause instanceof WeixinRefusesUs ? { errcode: cause.errcode } : {};
        log.warn({ endpoint: stableToken.path, appId, ...errcode }, 'an access token could not be renewed');
      },
      clock,
      shared: sharedTokens,
    });
  }

  async code2Session(app: App, code: string): Promise<Result<WeixinSession, Code2SessionRefusal>> {
    return this.#read(code2Session, app.appId, await this.#call(code2SessionRequest(app, code)));
  }

  exchangePhoneCode(appId: AppId, code: string, openId: OpenId | null): Promise<Result<PhoneDocument, TapCodeRefusal>> {
    return this.#ask(getUserPhoneNumber, appId, getUserPhoneNumberRequest(code, openId));
  }

  openCloudId(appId: AppId, cloudId: string, openId: OpenId): Promise<Result<PhoneDocument, CloudIdFailure>> {
    return this.#ask(getOpenData, appId, getOpenDataRequest(cloudId, openId));
  }

  isSessionKeyCurrent(appId: AppId, openId: OpenId, key: SessionKey): Promise<Result<boolean, QuotaFailure>> {
    return this.#ask(checkSessionKey, appId, checkSessionKeyRequest(openId, key));
  }

  hasIssued(appId: AppId, encryptedData: Buffer): Promise<Result<boolean, QuotaFailure>> {
    return this.#ask(checkEncryptedData, appId, checkEncryptedDataRequest(encryptedData));
  }

  /** Asks with an access token; where Weixin rejects the token, once more with another one. */
  async #ask<T, R>(endpoint: Endpoint<T, R>, appId: AppId, request: WeixinRequest): Promise<Result<T, R>> {
    let sent = false;
    const call = (token: string, signal: AbortSignal) => {
      sent = true;
      return this.#call({ ...request, query: { ...request.query, access_token: token } }, signal);
    };
    try {
      return await this.#deadline.execute(async ({ signal }) => {
        const app = this.#apps.get(appId);
        const token = app && (await this.#tokens.get(app));
        if (app === undefined || !token?.ok) return fail(endpoint.unusable(false));
        let answer = await call(token.value.reveal(), signal);
        if (isTokenRejected(answer)) {
          this.#log.warn({ endpoint: endpoint.path, appId }, 'Weixin rejects the access token: fetching another');
          const another = await this.#tokens.replace(app, token.value);
          if (!another.ok) return fail(endpoint.unusable(false));
          answer = await call(another.value.reveal(), signal);
        }
        return isTokenRejected(answer) ? fail(endpoint.unusable(false)) : this.#read(endpoint, appId, answer);
      });
    } catch (error) {
      if (error instanceof TaskCancelledError) return fail(endpoint.unusable(sent));
      throw error;
    }
  }

  async #call(request: WeixinRequest, until?: AbortSignal): Promise<WeixinAnswer> {
    const startedAt = performance.now();
    const answer = await this.#http.call(request, until);
    const outcome = answer.kind === 'lost' ? 'lost' : String(answer.errcode);
    this.#metrics.weixinCall(request.path, outcome, (performance.now() - startedAt) / 1000);
    return answer;
  }

  #read<T, R>(endpoint: Endpoint<T, R>, appId: AppId, answer: WeixinAnswer): Result<T, R> {
    const about = { endpoint: endpoint.path, appId };
    if (answer.kind === 'lost') {
      this.#log.warn({ ...about, reason: answer.reason }, 'Weixin did not answer');
      return fail(endpoint.unusable(answer.sent));
    }
    const { errcode, body } = answer;
    if (OURS.has(errcode) || endpoint.ours?.has(errcode)) throw new WeixinRefusesUs(endpoint.path, appId, errcode);
    const refusal = endpoint.refusals.get(errcode);
    if (refusal !== undefined) return fail(refusal);

    const value = errcode === 0 ? endpoint.parse(body) : endpoint.answers?.get(errcode);
    if (value !== undefined) return succeed(value);
    this.#log.warn({ ...about, errcode }, 'Weixin answered nothing usable');
    return fail(endpoint.unusable(true));
  }
}

function isTokenRejected(answer: WeixinAnswer): boolean {
  return answer.kind === 'answer' && TOKEN_REJECTED.has(answer.errcode);
}
