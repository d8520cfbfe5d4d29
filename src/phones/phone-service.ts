import type { EncryptedPhone } from '../crypto/crypto-service.js';
import { userKey } from '../domain/app.js';
import type { Milliseconds } from '../domain/clock.js';
import { Deadline } from '../domain/deadline.js';
import type { FailureOf } from '../domain/failure.js';
import type { PhoneDocument, PhoneNumber } from '../domain/phone-number.js';
import { fail, type Result } from '../domain/result.js';
import type { Session } from '../domain/session.js';
import { admit, type NotAdmitted } from '../sessions/admission.js';
import { redeemOnce } from '../sessions/single-use-code.js';
import type { Once } from '../stores/once.js';
import type { RateLimit } from '../stores/rate-limit.js';
import { orUnavailable } from '../stores/store-unavailable.js';
import type { QuotaFailure, TapCodeRefusal, WeixinApi } from '../weixin/weixin-api.js';
import { accept, type AcceptanceRules, type Arrival, type WatermarkFailure } from './accept.js';
import { Decryption, type DecryptionOptions, KEY_MISMATCH } from './decryption.js';
import { plannedNumber } from './numbering-plan.js';

/** How long a repeated phone code gives the same user the same answer: each tap costs the app's owner money. */
export const CODE_REPLAY: Milliseconds = 60_000;

/** Form of a cloudID; other texts are rejected without a call to Weixin. */
const CLOUD_ID = /^[\x21-\x7e]{1,512}$/;

const INVALID: FailureOf<'CODE_INVALID'> = { code: 'CODE_INVALID', origin: 'TAP' };

export type DecryptFailure = WatermarkFailure | QuotaFailure | FailureOf<'KEY_MISMATCH' | 'NOT_ISSUED_BY_WEIXIN'>;
export type ExchangeFailure = WatermarkFailure | QuotaFailure | FailureOf<'CODE_INVALID' | 'CODE_ALREADY_USED'>;

export interface PhoneServiceOptions extends Omit<DecryptionOptions, 'skew'> {
  readonly weixin: WeixinApi;
  readonly once: Once;
  readonly limits: { readonly decryptByUser: RateLimit; readonly weixinByUser: RateLimit };
  readonly rules: AcceptanceRules;
  /** Whether to ask Weixin for each decrypted number if it issued the data. */
  readonly verifyOrigin: boolean;
  /** Whether Weixin checks that the session's user tapped for a phone code. */
  readonly bindPhoneCodes: boolean;
  /** Deadline for everything that one request waits for at Weixin, including the same call made for another request. */
  readonly weixinTimeout: Milliseconds;
}

/** Turns the data of the phone button into a verified phone number, in one of three ways. */
export class PhoneService {
  readonly #options: PhoneServiceOptions;
  readonly #decryption: Decryption;

  constructor(options: PhoneServiceOptions) {
    this.#options = options;
    this.#decryption = new Decryption({ ...options, skew: options.rules.skew });
  }

  /**
   * Decrypts the button's encryptedData with the recent keys of the session's user. The user's rate limit counts the
   * request before the data is looked at, and an attempt counts as failed until it succeeds. Everything wrong with the
   * data is one failure, KEY_MISMATCH, also a number that no numbering plan has.
   */
  async decrypt(session: Session, data: EncryptedPhone): Promise<Result<PhoneNumber, DecryptFailure>> {
    return orUnavailable(async (): Promise<Result<PhoneNumber, DecryptFailure>> => {
      const { limits, metrics, verifyOrigin, weixin, weixinTimeout } = this.#options;
      const admitted = await admit(limits.decryptByUser, userKey(session), metrics);
      if (!admitted.ok) return admitted;
      const document = await this.#decryption.open(session, data);
      if (!document.ok) return document;
      const number = await this.#accept(
        { document: document.value, source: 'ENCRYPTED_DATA', ownerChecked: true },
        session,
        KEY_MISMATCH,
      );
      if (!number.ok || !verifyOrigin) return number;

      const mayAsk = await this.#admitToWeixin(session);
      if (!mayAsk.ok) return mayAsk;
      const issued = await weixin.hasIssued(session.appId, data.encryptedData, new Deadline(weixinTimeout));
      if (!issued.ok) return issued;
      return issued.value ? number : fail({ code: 'NOT_ISSUED_BY_WEIXIN' });
    });
  }

  /**
   * Exchanges the code of the button's event. A code reaches Weixin once; only the user who sent it gets the answer. A
   * number that no numbering plan has is CODE_INVALID.
   */
  async exchange(session: Session, code: string): Promise<Result<PhoneNumber, ExchangeFailure>> {
    const { once, bindPhoneCodes, weixinTimeout } = this.#options;
    const deadline = new Deadline(weixinTimeout);
    return orUnavailable(async (): Promise<Result<PhoneNumber, ExchangeFailure>> => {
      const document = await redeemOnce<PhoneDocument, TapCodeRefusal['failure']>(once, deadline, {
        origin: 'TAP',
        appId: session.appId,
        code,
        boundTo: session.openId,
        isBoundByWeixin: bindPhoneCodes,
        replay: CODE_REPLAY,
        redeem: () => this.#redeem(session, code, deadline),
        write: (value) => JSON.stringify(value),
        read: async (text) => JSON.parse(text) as PhoneDocument,
      });
      if (!document.ok) return document;
      return this.#accept({ document: document.value, source: 'CODE', ownerChecked: bindPhoneCodes }, session, INVALID);
    });
  }

  /** Has Weixin open the cloudID of the button's event. A number that no numbering plan has is CODE_INVALID. */
  async resolve(
    session: Session,
    cloudId: string,
  ): Promise<Result<PhoneNumber, Exclude<ExchangeFailure, FailureOf<'CODE_ALREADY_USED'>>>> {
    if (!CLOUD_ID.test(cloudId)) return fail(INVALID);
    const { weixin, weixinTimeout } = this.#options;
    const admitted = await this.#admitToWeixin(session);
    if (!admitted.ok) return admitted;
    const document = await weixin.openCloudId(session.appId, cloudId, session.openId, new Deadline(weixinTimeout));
    if (!document.ok) return document;
    return this.#accept({ document: document.value, source: 'CLOUD_ID', ownerChecked: true }, session, INVALID);
  }

  /**
   * Exchanges a code. If Weixin rejects a code that is bound to a user, it counts as unspent: it may be another user's,
   * who may still send it.
   */
  async #redeem(session: Session, code: string, deadline: Deadline): Promise<Result<PhoneDocument, TapCodeRefusal>> {
    const { weixin, bindPhoneCodes } = this.#options;
    const { appId, openId } = session;
    const admitted = await this.#admitToWeixin(session);
    if (!admitted.ok) return fail({ failure: admitted.failure, codeSpent: 'no' });
    const exchanged = await weixin.exchangePhoneCode(appId, code, bindPhoneCodes ? openId : null, deadline);
    if (exchanged.ok || !bindPhoneCodes || exchanged.failure.failure.code !== 'CODE_INVALID') return exchanged;
    return fail({ failure: exchanged.failure.failure, codeSpent: 'no' });
  }

  /** Counts a call to Weixin against this user's rate limit. */
  #admitToWeixin(session: Session): Promise<Result<undefined, NotAdmitted>> {
    const { limits, metrics } = this.#options;
    return admit(limits.weixinByUser, userKey(session), metrics);
  }

  /** @param impossible the failure for a number that no numbering plan has */
  async #accept<F>(
    arrival: Omit<Arrival, 'number'>,
    session: Session,
    impossible: F,
  ): Promise<Result<PhoneNumber, WatermarkFailure | F>> {
    const { clock, grammarWatch, rules } = this.#options;
    const number = await plannedNumber(arrival.document);
    if (number !== undefined) return accept({ ...arrival, number }, session, clock.now(), rules);
    grammarWatch.impossible(session);
    return fail(impossible);
  }
}
