import { nationalReadings, type PhoneDocument, type PhoneNumber } from '../domain/phone-number.js';

/**
 * A number that can exist under its country's numbering plan; its purePhoneNumber has no country code, and the trunk prefix
 * that Weixin wrote, if any.
 */
export type PlannedNumber = Pick<PhoneNumber, 'e164' | 'purePhoneNumber'>;

/**
 * National numbers, without a trunk prefix, where Weixin's users are: fixed here, so that no release of a library can lock
 * them out. Mainland China: mobile numbers, eleven digits (MIIT, "Telecommunications network numbering plan"). Hong Kong,
 * Macau: eight. Taiwan: nine.
 */
const PLANS: ReadonlyMap<string, RegExp> = new Map([
  ['86', /^1[0-9]{10}$/],
  ['852', /^[2-9][0-9]{7}$/],
  ['853', /^[2-9][0-9]{7}$/],
  ['886', /^[1-9][0-9]{8}$/],
]);

/**
 * The number that a document names, or undefined if no numbering plan has it: Weixin would not issue such a document, and
 * a proof of it would be a signed wrong number. A trunk prefix, and a country code that is in purePhoneNumber too, are left
 * out of the E.164 form.
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

/** Whether phoneNumber is that number too: written as purePhoneNumber is, or else with no more than a trunk zero. */
function agrees({ phoneNumber, purePhoneNumber, countryCode }: PhoneDocument, e164: string): boolean {
  if (phoneNumber === purePhoneNumber || phoneNumber.endsWith(countryCode + purePhoneNumber.replace('+', '')))
    return true;
  const digits = phoneNumber.replace('+', '');
  return [digits, countryCode + digits, countryCode + withoutZeros(digits)].includes(e164.slice(1));
}

/** None of the plans here has a number that begins with 0: zeros in front are a trunk prefix. */
function withoutZeros(digits: string): string {
  return digits.replace(/^0+/, '');
}
