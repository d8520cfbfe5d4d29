import type { AppId, User } from './app.js';

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

/** Which way a number came: decrypted here, exchanged for a code, or opened by Weixin for a cloudID. */
export type PhoneSource = 'ENCRYPTED_DATA' | 'CODE' | 'CLOUD_ID';

/** A phone number that passed every check. */
export interface PhoneNumber extends PhoneDocument {
  /** ITU-T E.164: '+', calling code, number; at most 15 digits. */
  readonly e164: string;
  readonly source: PhoneSource;
  /** Whose number it is shown to be; null where nothing ties the number to the user who asked. */
  readonly owner: User | null;
}

/**
 * What Weixin writes in the number fields, as sources of regular expressions: one place to widen for the encrypted document
 * and for what Weixin's server sends as JSON.
 */
export const PHONE_NUMBER_PATTERN = '\\+?[0-9]{4,15}';
export const PURE_PHONE_NUMBER_PATTERN = '[0-9]{4,14}';
export const COUNTRY_CODE_PATTERN = '[1-9][0-9]{0,3}';

/** ITU-T E.164: at most fifteen digits with the country code. */
const E164_DIGITS = 15;

/**
 * The document, where its three number fields name one number: phoneNumber is purePhoneNumber, or that with the country
 * code in front (Weixin does so for numbers outside mainland China; users report a '+' before it).
 */
export function consistentPhoneDocument(document: PhoneDocument): PhoneDocument | undefined {
  const { phoneNumber, purePhoneNumber, countryCode } = document;
  const international = countryCode + purePhoneNumber;
  const consistent =
    phoneNumber === purePhoneNumber || phoneNumber === international || phoneNumber === `+${international}`;
  return consistent && international.length <= E164_DIGITS ? document : undefined;
}
