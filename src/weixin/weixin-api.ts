import type { App, AppId, OpenId } from '../domain/app.js';
import type { Deadline } from '../domain/deadline.js';
import type { FailureOf } from '../domain/failure.js';
import type { LogFields } from '../domain/log.js';
import type { PhoneDocument } from '../domain/phone-number.js';
import type { Result } from '../domain/result.js';
import type { SessionKey } from '../domain/session-key.js';
import { operatorErrcode } from './endpoints/operator-errcodes.js';

/**
 * Weixin's server API, as the services see it. An implementation answers by the deadline, does not pass on Weixin's
 * errcodes, and throws only OperatorError.
 */
export interface WeixinApi {
  /** Exchanges the code of wx.login ("code2Session"). */
  code2Session(app: App, code: string, deadline: Deadline): Promise<Result<WeixinSession, Code2SessionRefusal>>;

  /**
   * Exchanges the code of the button's event ("phonenumber.getPhoneNumber").
   *
   * @param openId the user who must have tapped; null: Weixin does not check
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

  /** Whether this is the user's current session key at Weixin ("checkSessionKey"). */
  isSessionKeyCurrent(
    appId: AppId,
    openId: OpenId,
    key: SessionKey,
    deadline: Deadline,
  ): Promise<Result<boolean, QuotaFailure>>;

  /** Whether Weixin issued this encrypted phone data ("checkEncryptedData"). */
  hasIssued(appId: AppId, encryptedData: Buffer, deadline: Deadline): Promise<Result<boolean, QuotaFailure>>;
}

/** Weixin's answer about a user who logs in. */
export interface WeixinSession {
  readonly openId: OpenId;
  readonly unionId: string | null;
  readonly sessionKey: SessionKey;
}

/**
 * Whether a code is spent. `no`: Weixin has not used it, so it may be sent again. `unknown`: the answer was lost; as a
 * code works once, it is never sent again. `yes`: the answer is final.
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
 * A fault that only the operator can resolve. A client is told nothing but that it is internal; the log has `about` and
 * the message, which says what to do. Nothing was sent that could have spent a code.
 */
export abstract class OperatorError extends Error {
  abstract readonly about: LogFields;
}

/**
 * Weixin rejects the gateway itself: its appid, secret, address, a permission, or another errcode that no user can
 * cause. Clients cannot help it; the operator finds the errcode in the log.
 */
export class WeixinRefusesUs extends OperatorError {
  override readonly name = 'WeixinRefusesUs';
  readonly meaning: string;
  /** What the operator should do, as sentences. */
  readonly mend: string;

  constructor(
    readonly endpoint: string,
    readonly appId: string,
    readonly errcode: number,
    /** The gateway's public address, if Weixin tells it. */
    address?: string,
  ) {
    const { meaning, mend } = operatorErrcode(endpoint, errcode) ?? UNKNOWN_ERRCODE;
    const mendHere = address === undefined ? mend : `${mend} Weixin saw ${address}.`;
    super(`Weixin refuses this gateway: ${meaning}. ${mendHere}`);
    this.meaning = meaning;
    this.mend = mendHere;
  }
  get about(): LogFields {
    return { endpoint: this.endpoint, appId: this.appId, errcode: this.errcode };
  }
}

/** A source of tokens other than Weixin is not set up rightly, or answers something else than a token. */
export class TokensUnusable extends OperatorError {
  override readonly name = 'TokensUnusable';

  /**
   * @param source the variable that names the source
   * @param reason for the log; it quotes nothing of an answer
   */
  constructor(
    readonly source: string,
    readonly appId: string,
    readonly reason: string,
  ) {
    super(`${source} gives no token: check the variable, and what it names.`);
  }

  get about(): LogFields {
    return { endpoint: this.source, appId: this.appId, reason: this.reason };
  }
}

const UNKNOWN_ERRCODE = { meaning: 'its errcode is not known here', mend: "Look it up in Weixin's documents." };
