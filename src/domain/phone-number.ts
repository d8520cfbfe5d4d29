import type { AppId, User } from './app.js';

/** What Weixin says of a phone number, by whichever way: genuine in form, not yet checked for plan, app and age. */
export interface PhoneDocument {
  /** As Weixin wrote it; may carry the country code, with or without '+'. */
  readonly phoneNumber: string;
  /** Without the country code, as a rule; may carry a trunk prefix, or the country code all the same. */
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
  /** Whose number it is shown to be; null if nothing ties the number to the user who asked. */
  readonly owner: User | null;
}

/**
 * What Weixin writes in the number fields, as sources of regular expressions: one place to widen for the encrypted document
 * and for the JSON of Weixin's server.
 */
export const PHONE_NUMBER_PATTERN = '\\+?[0-9]{4,15}';
export const PURE_PHONE_NUMBER_PATTERN = '\\+?[0-9]{4,14}';
export const COUNTRY_CODE_PATTERN = '\\+?[1-9][0-9]{0,3}';

/** ITU-T E.164: at most fifteen digits with the country code. */
const E164_DIGITS = 15;

/**
 * The document, its country code without '+', if its three number fields name one number: phoneNumber is purePhoneNumber,
 * or has the country code in front of it (Weixin writes numbers outside mainland China so; users report a '+' before it),
 * and either may have a trunk zero, or the country code, that the other lacks.
 */
export function consistentPhoneDocument(document: PhoneDocument): PhoneDocument | undefined {
  const { phoneNumber, purePhoneNumber, watermark } = document;
  const countryCode = withoutPlus(document.countryCode);
  const pure = withoutPlus(purePhoneNumber);
  if (countryCode.length + pure.length > E164_DIGITS) return undefined;
  if (phoneNumber !== purePhoneNumber && !isSameNumber(phoneNumber, pure, countryCode)) return undefined;
  return countryCode === document.countryCode ? document : { phoneNumber, purePhoneNumber, countryCode, watermark };
}

function isSameNumber(phoneNumber: string, pure: string, countryCode: string): boolean {
  const bare = pure.startsWith(countryCode) ? pure.slice(countryCode.length) : pure;
  const spellings = [pure, bare].flatMap((spelling) => [spelling, `0${spelling}`, spelling.replace(/^0+/, '')]);
  return spellings.some((spelling) => {
    const international = countryCode + spelling;
    return phoneNumber === spelling || phoneNumber === international || phoneNumber === `+${international}`;
  });
}

function withoutPlus(text: string): string {
  return text.startsWith('+') ? text.slice(1) : text;
}
