import { nationalReadings, type PhoneDocument, type PhoneNumber, withoutPlus } from '../domain/phone-number.js';

/**
 * A number that its country's numbering plan allows. Its purePhoneNumber has no country code, but keeps the trunk
 * prefix that Weixin wrote.
 */
export type PlannedNumber = Pick<PhoneNumber, 'e164' | 'purePhoneNumber'>;

/**
 * National numbers without trunk prefix, in the regions with the most Weixin users. Fixed here, so that no release of a
 * library can lock them out. Mainland China: mobile numbers, eleven digits (MIIT, "Telecommunications network numbering
 * plan"). Hong Kong, Macau: eight. Taiwan: nine.
 */
const PLANS: ReadonlyMap<string, RegExp> = new Map([
  ['86', /^1[0-9]{10}$/],
  ['852', /^[2-9][0-9]{7}$/],
  ['853', /^[2-9][0-9]{7}$/],
  ['886', /^[1-9][0-9]{8}$/],
]);

/**
 * The number of a document; undefined if no numbering plan has it. Weixin would not issue such a document, and a proof
 * would sign a wrong number. The E.164 form leaves out a trunk prefix, and a country code that purePhoneNumber repeats.
 */
export async function plannedNumber(document: PhoneDocument): Promise<PlannedNumber | undefined> {
  const number = await byPlan(document);
  return number !== undefined && agrees(document, number.e164) ? number : undefined;
}

async function byPlan(document: PhoneDocument): Promise<PlannedNumber | undefined> {
  const { countryCode, purePhoneNumber } = document;
  const plan = PLANS.get(countryCode);
  if (plan === undefined) {
    // The metadata of all other countries is loaded with the first number that needs it.
    const { foreignNumber } = await import('./foreign-number.js');
    return foreignNumber(document);
  }
  if (plan.test(purePhoneNumber)) return { e164: `+${countryCode}${purePhoneNumber}`, purePhoneNumber };
  const written = nationalReadings(document).find((digits) => plan.test(withoutZeros(digits)));
  return written === undefined
    ? undefined
    : { e164: `+${countryCode}${withoutZeros(written)}`, purePhoneNumber: written };
}

/**
 * Whether phoneNumber is the same number: written as purePhoneNumber, with the country code in front, or with a trunk
 * zero.
 */
function agrees({ phoneNumber, purePhoneNumber, countryCode }: PhoneDocument, e164: string): boolean {
  if (phoneNumber === purePhoneNumber || phoneNumber.endsWith(countryCode + withoutPlus(purePhoneNumber))) return true;
  const digits = withoutPlus(phoneNumber);
  return [digits, countryCode + digits, countryCode + withoutZeros(digits)].includes(e164.slice(1));
}

/** Drops a trunk prefix: no number of these plans begins with 0. */
function withoutZeros(digits: string): string {
  return digits.replace(/^0+/, '');
}
