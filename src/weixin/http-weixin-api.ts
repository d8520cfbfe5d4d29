import type { SharedTokens } from '../domain/access-token.js';
import type { App, AppId, Apps, OpenId } from '../domain/app.js';
import type { Clock, Milliseconds } from '../domain/clock.js';
import { type Deadline, TOO_LATE } from '../domain/deadline.js';
import { unavailable } from '../domain/failure.js';
import type { Log } from '../domain/log.js';
import type { Metrics } from '../domain/metrics.js';
import type { Tracing } from '../domain/tracing.js';
import type { PhoneDocument } from '../domain/phone-number.js';
import { fail, type Result, succeed } from '../domain/result.js';
import type { SessionKey } from '../domain/session-key.js';
import type { Credentials } from './credentials.js';
import { checkEncryptedData, checkEncryptedDataRequest } from './endpoints/check-encrypted-data.js';
import { checkSessionKey, checkSessionKeyRequest } from './endpoints/check-session-key.js';
import {
  code2Session,
  code2SessionRequest,
  componentCode2Session,
  componentCode2SessionRequest,
} from './endpoints/code2session.js';
import { getOpenData, getOpenDataRequest } from './endpoints/get-open-data.js';
import { getUserPhoneNumber, getUserPhoneNumberRequest } from './endpoints/get-user-phone-number.js';
import { type Call, GuardedWeixin } from './guarded-weixin.js';
import { type Platform, tokens, type TokensFromElsewhere } from './tokens.js';
import type {
  CloudIdFailure,
  Code2SessionRefusal,
  QuotaFailure,
  TapCodeRefusal,
  WeixinApi,
  WeixinSession,
} from './weixin-api.js';
import { WeixinCalls } from './weixin-calls.js';
import type { WeixinHttp } from './weixin-http.js';

export interface HttpWeixinApiOptions {
  readonly http: WeixinHttp;
  readonly apps: Pick<Apps, 'get'>;
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
  /** Default: all tokens come from Weixin's stable_token. */
  readonly tokensFromElsewhere?: TokensFromElsewhere;
}

/** Weixin's server API over HTTP. */
export class HttpWeixinApi implements WeixinApi {
  readonly #apps: Pick<Apps, 'get'>;
  readonly #calls: WeixinCalls;
  readonly #credentials: Credentials;
  readonly #platform: Platform | undefined;

  constructor(options: HttpWeixinApiOptions) {
    const { http, apps, uptime, log, metrics, tracing, maxInFlight } = options;
    const guarded = (line: WeixinHttp) =>
      new GuardedWeixin({ http: line, maxInFlight, log, metrics, tracing, now: uptime });
    this.#apps = apps;
    this.#calls = new WeixinCalls({ weixin: guarded(http), log, metrics });
    const { credentials, platform } = tokens({ ...options, calls: this.#calls, guarded });
    this.#credentials = credentials;
    this.#platform = platform;
  }

  /** Fetches an access token, unless one is held. Only for a check of the configuration: calls fetch their own. */
  async fetchAccessToken(app: App, deadline: Deadline): Promise<Result<true, QuotaFailure>> {
    const token = await deadline.wait(this.#credentials.get(app));
    if (token === TOO_LATE) return fail(unavailable);
    return token.ok ? succeed(true) : token;
  }

  code2Session(app: App, code: string, deadline: Deadline): Promise<Result<WeixinSession, Code2SessionRefusal>> {
    const { appId } = app;
    if (this.#platform === undefined) {
      const request = code2SessionRequest(app, code);
      return this.#calls.make({ endpoint: code2Session, appId, request, deadline });
    }
    const { holder, credentials } = this.#platform;
    const request = componentCode2SessionRequest(app, holder.appId, code);
    return this.#calls.makeWithToken(
      { endpoint: componentCode2Session, appId, request, deadline },
      holder,
      credentials,
    );
  }

  exchangePhoneCode(
    appId: AppId,
    code: string,
    openId: OpenId | null,
    deadline: Deadline,
  ): Promise<Result<PhoneDocument, TapCodeRefusal>> {
    const request = getUserPhoneNumberRequest(code, openId);
    return this.#ask({ endpoint: getUserPhoneNumber, appId, request, deadline });
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
    const request = checkEncryptedDataRequest(encryptedData);
    return this.#ask({ endpoint: checkEncryptedData, appId, request, deadline });
  }

  /** Calls with the app's token. */
  async #ask<T, R>(call: Call<T, R>): Promise<Result<T, R>> {
    const app = this.#apps.get(call.appId);
    // The app was removed after the session was found.
    if (app === undefined) return fail(call.endpoint.refuse(unavailable, 'no'));
    return this.#calls.makeWithToken(call, app, this.#credentials);
  }
}
