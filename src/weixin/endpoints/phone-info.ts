import { parseAppId } from '../../domain/app.js';
import { consistentPhoneDocument, type PhoneDocument } from '../../domain/phone-number.js';

const PHONE_NUMBER = /^\+?[0-9]{4,15}$/;
const PURE_PHONE_NUMBER = /^[0-9]{4,14}$/;
const COUNTRY_CODE = /^[1-9][0-9]{0,3}$/;

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
