import type { AppId, User } from './app.js';

/**
 * A phone number as Weixin issued it, by any of the three ways: well-formed, but not yet checked for numbering plan,
 * app and age.
 */
export interface PhoneDocument {
  /** As Weixin wrote it; may carry the country code, with or without '+'. */
  readonly phoneNumber: string;
  /** Usually without the country code, but may carry it, or a trunk prefix. */
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

/** How a number was obtained: decrypted here, exchanged for a code, or opened by Weixin for a cloudID. */
export type PhoneSource = 'ENCRYPTED_DATA' | 'CODE' | 'CLOUD_ID';

/** A phone number that passed every check. */
export interface PhoneNumber extends PhoneDocument {
  /** ITU-T E.164: '+', calling code, number; at most 15 digits. */
  readonly e164: string;
  readonly source: PhoneSource;
  /** The user whom the number is tied to; null if nothing ties it to the user who asked. */
  readonly owner: User | null;
}

/**
 * Accepted content of the number fields, as sources of regular expressions. Shared by the encrypted document and the
 * JSON of Weixin's server.
 */
export const PHONE_NUMBER_PATTERN = '\\+?[0-9]{4,15}';
export const PURE_PHONE_NUMBER_PATTERN = '\\+?[0-9]{4,14}';
export const COUNTRY_CODE_PATTERN = '\\+?[1-9][0-9]{0,3}';

/** ITU-T E.164: at most fifteen digits with the country code. */
const E164_DIGITS = 15;
/** Digits of the longest trunk prefix: 06 in Hungary. */
const TRUNK_DIGITS = 2;

/**
 * Returns the document, with any '+' dropped from its country code, if its three number fields name one number;
 * undefined if they contradict each other. phoneNumber is purePhoneNumber, or has the country code in front of it
 * (numbers outside mainland China; users report a '+' before it). purePhoneNumber may itself carry a trunk prefix or
 * the country code.
 */
export function consistentPhoneDocument(document: PhoneDocument): PhoneDocument | undefined {
  const { phoneNumber, purePhoneNumber, watermark } = document;
  const countryCode = withoutPlus(document.countryCode);
  const pure = withoutPlus(purePhoneNumber);
  if (countryCode.length + pure.length > E164_DIGITS && isTooLong(pure, countryCode)) return undefined;
  if (phoneNumber !== purePhoneNumber && !isSameNumber(phoneNumber, pure, countryCode)) return undefined;
  return countryCode === document.countryCode ? document : { phoneNumber, purePhoneNumber, countryCode, watermark };
}

/** Possible readings of purePhoneNumber in digits: as written, and without the country code if it starts with that. */
export function nationalReadings({ countryCode, purePhoneNumber }: PhoneDocument): readonly string[] {
  const digits = withoutPlus(purePhoneNumber);
  const bare = digits.startsWith(countryCode) ? [digits.slice(countryCode.length)] : [];
  return digits === purePhoneNumber ? [digits, ...bare] : bare;
}

function isTooLong(pure: string, countryCode: string): boolean {
  const national = withoutPrefix(pure, countryCode).replace(/^0+/, '');
  return countryCode.length + national.length > E164_DIGITS;
}

/** Whether phoneNumber and purePhoneNumber are the same number apart from a country code and a trunk prefix. */
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

/** Whether the text ends with `ending`, with at most `inFront` characters before it. */
function endsWith(text: string, ending: string, inFront: number): boolean {
  return ending !== '' && text.endsWith(ending) && text.length - ending.length <= inFront;
}

/** A number without the '+' in front. */
export function withoutPlus(text: string): string {
  return withoutPrefix(text, '+');
}

function withoutPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}
