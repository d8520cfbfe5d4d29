import type { App, OpenId } from '../domain/app.js';
import type { FailureOf } from '../domain/failure.js';
import type { Result } from '../domain/result.js';
import type { SessionKey } from '../domain/session-key.js';

/**
 * Weixin's server API, as the services see it. An implementation answers within its deadline, keeps Weixin's errcodes to
 * itself, and throws only WeixinRefusesUs.
 */
export interface WeixinApi {
  /**
   * Exchanges the code of wx.login.
   * Source: developers.weixin.qq.com, "code2Session".
   */
  code2Session(app: App, code: string): Promise<Result<WeixinSession, Code2SessionRefusal>>;
}

/** What Weixin tells of a user who logs in. */
export interface WeixinSession {
  readonly openId: OpenId;
  readonly unionId: string | null;
  readonly sessionKey: SessionKey;
}

export interface Code2SessionRefusal {
  readonly failure: FailureOf<
    'CODE_INVALID' | 'CODE_ALREADY_USED' | 'USER_BLOCKED' | 'RATE_LIMITED' | 'SERVICE_UNAVAILABLE'
  >;
  /**
   * `no`: Weixin did not look at the code, so it may be sent again. `unknown`: it may have, as where its answer was lost:
   * a code works once, so it is never sent again. `yes`: the answer is final.
   */
  readonly codeSpent: 'no' | 'unknown' | 'yes';
}

/**
 * Weixin refuses this gateway itself: its appid, its secret, its address, or a parameter that it should have sent.
 * Nothing that a client does helps; the operator finds the errcode in the log.
 */
export class WeixinRefusesUs extends Error {
  override readonly name = 'WeixinRefusesUs';

  constructor(
    readonly endpoint: string,
    readonly appId: string,
    readonly errcode: number,
  ) {
    super(`Weixin refuses this gateway at ${endpoint} for ${appId}: errcode ${errcode}`);
  }
}
