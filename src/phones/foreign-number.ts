import { Metadata, parsePhoneNumberFromString, type PhoneNumber as ParsedNumber } from 'libphonenumber-js/core';
import plans from 'libphonenumber-js/mobile/metadata';
import { nationalReadings, type PhoneDocument, type PhoneNumber } from '../domain/phone-number.js';

/**
 * Form of a mobile number of mainland China. Users abroad were reported with such a number under another country's
 * calling code.
 */
const LOOKS_LIKE_MAINLAND = /^1[3-9][0-9]{9}$/;

/** Calling codes to which Weixin may append the area code, such as 1876 for Jamaica. */
const SHARED_CALLING_CODES: ReadonlySet<string> = new Set(['1', '7']);

/**
 * Reads a document's number by the numbering plan of its country, from Google's metadata for mobile numbers; undefined
 * if no plan has it.
 *
 * A number that is mobile by today's metadata is accepted. Any other number needs the length of a mobile number and the
 * general pattern of numbers in its country: new mobile ranges open faster than metadata is released, and their users
 * must not be locked out. A number in the form of mainland China must be mobile in its own country as written, or be
 * written with '+'.
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

/** Parses a number; undefined if its calling code is not the one that Weixin wrote. */
function parsed(countryCode: string, digits: string): ParsedNumber | undefined {
  const number = parsePhoneNumberFromString(`+${countryCode}${digits}`, plans);
  if (number === undefined) return undefined;
  const { countryCallingCode } = number;
  const isShared = SHARED_CALLING_CODES.has(countryCallingCode) && countryCode.startsWith(countryCallingCode);
  return countryCallingCode === countryCode || isShared ? number : undefined;
}

/** Members of a numbering plan that the library's types leave out. */
interface MobilePlan {
  nationalNumberPattern(): string;
  type(name: 'MOBILE'): { possibleLengths(): readonly number[] } | undefined;
}

function hasMobileForm({ country, countryCallingCode, nationalNumber }: ParsedNumber): boolean {
  const metadata = new Metadata(plans);
  // It also accepts a calling code, for a number whose digits do not tell its country.
  metadata.selectNumberingPlan(country ?? (countryCallingCode as unknown as 'US'));
  const plan = metadata.numberingPlan as unknown as MobilePlan;
  const hasLength = plan.type('MOBILE')?.possibleLengths().includes(nationalNumber.length) === true;
  return hasLength && new RegExp(`^(?:${plan.nationalNumberPattern()})$`).test(nationalNumber);
}
