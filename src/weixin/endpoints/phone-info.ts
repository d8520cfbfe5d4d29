import { parseAppId } from '../../domain/app.js';
import {
  consistentPhoneDocument,
  COUNTRY_CODE_PATTERN,
  PHONE_NUMBER_PATTERN,
  type PhoneDocument,
  PURE_PHONE_NUMBER_PATTERN,
} from '../../domain/phone-number.js';

const PHONE_NUMBER = new RegExp(`^${PHONE_NUMBER_PATTERN}$`);
const PURE_PHONE_NUMBER = new RegExp(`^${PURE_PHONE_NUMBER_PATTERN}$`);
const COUNTRY_CODE = new RegExp(`^${COUNTRY_CODE_PATTERN}$`);

/** The phone document that Weixin's server writes as JSON; held to what the encrypted one is held to. */
export function parsePhoneInfo(info: unknown): PhoneDocument | undefined {
  if (!isRecord(info) || !isRecord(info['watermark'])) return undefined;
  const { phoneNumber, purePhoneNumber } = info;
  const countryCode = typeof info['countryCode'] === 'number' ? String(info['countryCode']) : info['countryCode'];
  const { timestamp, appid } = info['watermark'];
  if (typeof phoneNumber !== 'string' || !PHONE_NUMBER.test(phoneNumber)) return undefined;
  if (typeof purePhoneNumber !== 'string' || !PURE_PHONE_NUMBER.test(purePhoneNumber)) return undefined;
  if (typeof countryCode !== 'string' || !COUNTRY_CODE.test(countryCode)) return undefined;
  if (!Number.isSafeInteger(timestamp) || typeof appid !== 'string') return undefined;
  const appId = parseAppId(appid);
  if (appId === undefined) return undefined;
  const watermark = { appId, timestamp: timestamp as number };
  return consistentPhoneDocument({ phoneNumber, purePhoneNumber, countryCode, watermark });
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
