import { parseAppId } from '../../domain/app.js';
import { isJsonObject } from '../../domain/json-object.js';
import {
  consistentPhoneDocument,
  COUNTRY_CODE_PATTERN,
  PHONE_NUMBER_PATTERN,
  type PhoneDocument,
  PURE_PHONE_NUMBER_PATTERN,
} from '../../domain/phone-number.js';
import { wholeNumber } from '../weixin-json.js';
import { read, unreadable } from './endpoint.js';

const PHONE_NUMBER = new RegExp(`^${PHONE_NUMBER_PATTERN}$`);
const PURE_PHONE_NUMBER = new RegExp(`^${PURE_PHONE_NUMBER_PATTERN}$`);
const COUNTRY_CODE = new RegExp(`^${COUNTRY_CODE_PATTERN}$`);

/**
 * Parses the phone document that Weixin's server writes as JSON, under the same rules as the encrypted one.
 *
 * @param name name of the member, for the log
 */
export function parsePhoneInfo(
  info: unknown,
  name: string,
):
  { readonly kind: 'value'; readonly value: PhoneDocument } | { readonly kind: 'unreadable'; readonly reason: string } {
  if (!isJsonObject(info)) return unreadable(`${name} is not an object`);
  if (!isJsonObject(info['watermark'])) return unreadable('watermark is not an object');
  const phoneNumber = textOf(info['phoneNumber']);
  const purePhoneNumber = textOf(info['purePhoneNumber']);
  // Accept the international prefix 00 in place of '+'.
  const countryCode = textOf(info['countryCode'])?.replace(/^00/, '+');
  const timestamp = wholeNumber(info['watermark']['timestamp']);
  const appid = info['watermark']['appid'];
  const appId = typeof appid === 'string' ? parseAppId(appid) : undefined;
  if (phoneNumber === undefined || !PHONE_NUMBER.test(phoneNumber)) return unreadable('phoneNumber is malformed');
  if (purePhoneNumber === undefined || !PURE_PHONE_NUMBER.test(purePhoneNumber)) {
    return unreadable('purePhoneNumber is malformed');
  }
  if (countryCode === undefined || !COUNTRY_CODE.test(countryCode)) return unreadable('countryCode is malformed');
  if (timestamp === undefined) return unreadable("the watermark's timestamp is not a whole number");
  if (appId === undefined) return unreadable("the watermark's appid is malformed");
  const document = { phoneNumber, purePhoneNumber, countryCode, watermark: { appId, timestamp } };
  const consistent = consistentPhoneDocument(document);
  return consistent === undefined ? unreadable('the number fields contradict each other') : read(consistent);
}

/** The text, or the digits of a whole number. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : wholeNumber(value)?.toString();
}
