import type { AppId } from './app.js';

/** What Weixin says of a phone number, whichever way it came: genuine in form, not yet checked for app and age. */
export interface PhoneDocument {
  /** As Weixin wrote it; may carry the country code, with or without '+'. */
  readonly phoneNumber: string;
  readonly purePhoneNumber: string;
  /** Calling code without '+'. */
  readonly countryCode: string;
  readonly watermark: Watermark;
}

export interface Watermark {
  /** The Mini Program for which Weixin issued the number. */
  readonly appId: AppId;
  /** When Weixin issued it, in whole seconds since 1970-01-01T00:00:00Z. */
  readonly timestamp: number;
}

/** A phone number that passed every check. */
export interface PhoneNumber extends PhoneDocument {
  /** ITU-T E.164: '+', calling code, number; at most 15 digits. */
  readonly e164: string;
}
