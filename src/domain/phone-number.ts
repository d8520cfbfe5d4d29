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
/** Digits of the longest trunk prefix: 06 in Hungary. */
const TRUNK_DIGITS = 2;

/**
 * The document, its country code without '+', if its three number fields name one number: phoneNumber is purePhoneNumber,
 * or has the country code in front of it (Weixin writes numbers outside mainland China so; users report a '+' before it).
 * purePhoneNumber may have a trunk prefix or the country code all the same.
 */
export function consistentPhoneDocument(document: PhoneDocument): PhoneDocument | undefined {
  const { phoneNumber, purePhoneNumber, watermark } = document;
  const countryCode = withoutPlus(document.countryCode);
  const pure = withoutPlus(purePhoneNumber);
  if (countryCode.length + pure.length > E164_DIGITS && isTooLong(pure, countryCode)) return undefined;
  if (phoneNumber !== purePhoneNumber && !isSameNumber(phoneNumber, pure, countryCode)) return undefined;
  return countryCode === document.countryCode ? document : { phoneNumber, purePhoneNumber, countryCode, watermark };
}

/** The readings of purePhoneNumber in digits: as it stands, and without the country code if it begins with that. */
export function nationalReadings({ countryCode, purePhoneNumber }: PhoneDocument): readonly string[] {
  const digits = withoutPlus(purePhoneNumber);
  const bare = digits.startsWith(countryCode) ? [digits.slice(countryCode.length)] : [];
  return digits === purePhoneNumber ? [digits, ...bare] : bare;
}

function isTooLong(pure: string, countryCode: string): boolean {
  const national = withoutPrefix(pure, countryCode).replace(/^0+/, '');
  return countryCode.length + national.length > E164_DIGITS;
}

/** Whether a national number in phoneNumber is purePhoneNumber but for the country code and a trunk prefix in front. */
function isSameNumber(phoneNumber: string, pure: string, countryCode: string): boolean {
  const hasPlus = phoneNumber.startsWith('+');
  if (hasPlus && !phoneNumber.startsWith(countryCode, 1)) return false;
  const digits = withoutPlus(phoneNumber);
  const national = withoutPrefix(digits, countryCode);
  return (
    endsWith(pure, national, countryCode.length + TRUNK_DIGITS) ||
    (!hasPlus && `0${pure}` === digits) ||
    pure === digits
  );
}

/** Whether a text ends with an ending, with at most so many characters in front of it. */
function endsWith(text: string, ending: string, inFront: number): boolean {
  return ending !== '' && text.endsWith(ending) && text.length - ending.length <= inFront;
}

function withoutPlus(text: string): string {
  return withoutPrefix(text, '+');
}

function withoutPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}
