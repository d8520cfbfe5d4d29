import { Metadata, parsePhoneNumberFromString, type PhoneNumber as ParsedNumber } from 'libphonenumber-js/core';
import plans from 'libphonenumber-js/mobile/metadata';
import { nationalReadings, type PhoneDocument, type PhoneNumber } from '../domain/phone-number.js';

/** A mobile number of mainland China: users abroad were reported with one under another country's calling code. */
const LOOKS_LIKE_MAINLAND = /^1[3-9][0-9]{9}$/;

/** Calling codes whose area codes Weixin may write as a part of them, such as 1876 for Jamaica. */
const SHARED_CALLING_CODES: ReadonlySet<string> = new Set(['1', '7']);

/**
 * The number of a document by the numbering plan of its country, from Google's metadata for mobile numbers.
 *
 * A mobile number of today's metadata is taken. Any other must have the length of a mobile number there and the general
 * pattern of all numbers there: ranges of mobile numbers open faster than metadata is released, and their users must not be
 * locked out. A number that looks like one of mainland China must be mobile there as it stands, or be written with '+'.
 */
export function foreignNumber(document: PhoneDocument): Pick<PhoneNumber, 'e164' | 'purePhoneNumber'> | undefined {
  const { countryCode, purePhoneNumber, phoneNumber } = document;
  const readings = nationalReadings(document).map((digits) => ({ digits, number: parsed(countryCode, digits) }));
  const looksLikeMainland = LOOKS_LIKE_MAINLAND.test(purePhoneNumber);
  const isMobile = ({ number }: (typeof readings)[number]) =>
    number?.isValid() === true &&
    (!looksLikeMainland || phoneNumber.startsWith('+') || number.nationalNumber === purePhoneNumber);
  const mayBeMobile = ({ number }: (typeof readings)[number]) =>
    number !== undefined && !looksLikeMainland && hasMobileForm(number);

  const reading = readings.find(isMobile) ?? readings.find(mayBeMobile);
  if (reading?.number === undefined) return undefined;
  return { e164: reading.number.number, purePhoneNumber: reading.digits };
}

/** The number, if its calling code is the one that Weixin wrote. */
function parsed(countryCode: string, digits: string): ParsedNumber | undefined {
  const number = parsePhoneNumberFromString(`+${countryCode}${digits}`, plans);
  if (number === undefined) return undefined;
  const { countryCallingCode } = number;
  const isShared = SHARED_CALLING_CODES.has(countryCallingCode) && countryCode.startsWith(countryCallingCode);
  return countryCallingCode === countryCode || isShared ? number : undefined;
}

/** What the library's types leave out of a numbering plan. */
interface MobilePlan {
  nationalNumberPattern(): string;
  type(name: 'MOBILE'): { possibleLengths(): readonly number[] } | undefined;
}

function hasMobileForm({ country, countryCallingCode, nationalNumber }: ParsedNumber): boolean {
  const metadata = new Metadata(plans);
  // It takes a calling code as well, for a number whose country is not told by its digits.
  metadata.selectNumberingPlan(country ?? (countryCallingCode as unknown as 'US'));
  const plan = metadata.numberingPlan as unknown as MobilePlan;
  const hasLength = plan.type('MOBILE')?.possibleLengths().includes(nationalNumber.length) === true;
  return hasLength && new RegExp(`^(?:${plan.nationalNumberPattern()})$`).test(nationalNumber);
}
