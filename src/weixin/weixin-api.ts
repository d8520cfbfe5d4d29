import type { App, AppId, OpenId } from '../domain/app.js';
import type { Deadline } from '../domain/deadline.js';
import type { FailureOf } from '../domain/failure.js';
import type { PhoneDocument } from '../domain/phone-number.js';
import type { Result } from '../domain/result.js';
import type { SessionKey } from '../domain/session-key.js';
import { operatorErrcode } from './endpoints/operator-errcodes.js';

/**
 * Weixin's server API, as the services see it. An implementation answers by the deadline, does not pass Weixin's errcodes
 * on, and throws only WeixinRefusesUs.
 */
export interface WeixinApi {
  /** Exchanges the code of wx.login ("code2Session"). */
  code2Session(app: App, code: string, deadline: Deadline): Promise<Result<WeixinSession, Code2SessionRefusal>>;

  /**
   * Exchanges the code of the button's event ("phonenumber.getPhoneNumber").
   *
   * @param openId who must have tapped; null: Weixin does not check
   */
  exchangePhoneCode(
    appId: AppId,
    code: string,
    openId: OpenId | null,
    deadline: Deadline,
  ): Promise<Result<PhoneDocument, TapCodeRefusal>>;

  /** Opens a cloudID of this user ("getopendata"). */
  openCloudId(
    appId: AppId,
    cloudId: string,
    openId: OpenId,
    deadline: Deadline,
  ): Promise<Result<PhoneDocument, CloudIdFailure>>;

  /** Whether this is the user's session key at Weixin ("checkSessionKey"). */
  isSessionKeyCurrent(
    appId: AppId,
    openId: OpenId,
    key: SessionKey,
    deadline: Deadline,
  ): Promise<Result<boolean, QuotaFailure>>;

  /** Whether Weixin issued this encrypted phone data ("checkEncryptedData"). */
  hasIssued(appId: AppId, encryptedData: Buffer, deadline: Deadline): Promise<Result<boolean, QuotaFailure>>;
}

/** What Weixin tells of a user who logs in. */
export interface WeixinSession {
  readonly openId: OpenId;
  readonly unionId: string | null;
  readonly sessionKey: SessionKey;
}

/**
 * Whether a code can have been spent. `no`: Weixin did not look at it, so it may be sent again. `unknown`: its answer was
 * lost; a code works once, so it is never sent again. `yes`: the answer is final.
 */
export type CodeSpent = 'no' | 'unknown' | 'yes';

export interface Code2SessionRefusal {
  readonly failure: QuotaFailure | FailureOf<'CODE_INVALID' | 'CODE_ALREADY_USED' | 'USER_BLOCKED'>;
  readonly codeSpent: CodeSpent;
}

export interface TapCodeRefusal {
  readonly failure: QuotaFailure | FailureOf<'CODE_INVALID' | 'CODE_ALREADY_USED'>;
  readonly codeSpent: CodeSpent;
}

export type CloudIdFailure = QuotaFailure | FailureOf<'CODE_INVALID'>;

/** A quota is used up, or there was no usable answer in time. */
export type QuotaFailure = FailureOf<'RATE_LIMITED' | 'SERVICE_UNAVAILABLE'>;

/**
 * Weixin refuses this gateway itself: its appid, its secret, its address, a permission, or anything else that an errcode
 * says and no user can cause. Nothing that a client does helps; the operator finds the errcode in the log.
 */
export class WeixinRefusesUs extends Error {
  override readonly name = 'WeixinRefusesUs';

  constructor(
    readonly endpoint: string,
    readonly appId: string,
    readonly errcode: number,
  ) {
    const known = operatorErrcode(endpoint, errcode);
    super(
      known === undefined
        ? "Weixin refuses this gateway with an errcode that is not known here: look it up in Weixin's documents."
        : `Weixin refuses this gateway: ${known.meaning}. ${known.mend}`,
    );
  }
}
