import type { AppId } from '../domain/app.js';
import {
  consistentPhoneDocument,
  COUNTRY_CODE_PATTERN,
  PHONE_NUMBER_PATTERN,
  type PhoneDocument,
  PURE_PHONE_NUMBER_PATTERN,
} from '../domain/phone-number.js';

/*
 * The closed grammar of a phone document. AES-CBC carries no authentication, so this grammar is the authentication: a
 * ciphertext that an attacker makes without the key decrypts to at least one block of random bytes, and such a block
 * passes with a probability of at most 2^-64. It also pins the iv, because the first sixteen bytes can only be
 * {"phoneNumber":" . Check that bound before widening the grammar: each part below is a place where Weixin's format may
 * change.
 *
 * Shape after Weixin's page "Getting the phone number" and the samples of users; compact JSON, members in this order.
 */
const PHONE_NUMBER = `"phoneNumber":"(${PHONE_NUMBER_PATTERN})"`;
const PURE_PHONE_NUMBER = `"purePhoneNumber":"(${PURE_PHONE_NUMBER_PATTERN})"`;
/** Weixin documents a string; users report a number. */
const COUNTRY_CODE = `"countryCode":(?:"(${COUNTRY_CODE_PATTERN})"|(${COUNTRY_CODE_PATTERN}))`;
const TIMESTAMP = `"timestamp":([1-9][0-9]{9})`;
const APP_ID = `"appid":"(wx[0-9a-f]{16})"`;
/** The two members may come in either order. */
const WATERMARK = `"watermark":\\{(?:${TIMESTAMP},${APP_ID}|${APP_ID},${TIMESTAMP})\\}`;
/** PKCS#7 (RFC 5652 section 6.3): n bytes of the value n. It is unambiguous for a whole number of blocks. */
const PADDING = Array.from({ length: 16 }, (_, i) => {
  const n = i + 1;
  return `\\x${n.toString(16).padStart(2, '0')}{${n}}`;
}).join('|');

/**
 * Grammar of the decrypted bytes of a phone document with their padding, one character per byte. It is finite: no part
 * repeats without a bound. test/crypto/forgery-bound counts the documents that it accepts, from this expression.
 */
export const PHONE_DOCUMENT_GRAMMAR = new RegExp(
  `^\\{${PHONE_NUMBER},${PURE_PHONE_NUMBER},${COUNTRY_CODE},${WATERMARK}\\}(?:${PADDING})$`,
);

/**
 * Parses decrypted bytes; undefined if they are not a phone document.
 *
 * @param padded decrypted bytes with their padding, whole blocks of 16
 */
export function parsePhoneDocument(padded: Buffer): PhoneDocument | undefined {
  const match = PHONE_DOCUMENT_GRAMMAR.exec(padded.toString('latin1'));
  if (match === null) return undefined;
  const [
    ,
    phoneNumber,
    purePhoneNumber,
    codeText,
    codeNumber,
    timestampFirst,
    appIdSecond,
    appIdFirst,
    timestampSecond,
  ] = match;
  return consistentPhoneDocument({
    phoneNumber: phoneNumber ?? '',
    purePhoneNumber: purePhoneNumber ?? '',
    countryCode: codeText ?? codeNumber ?? '',
    watermark: {
      appId: (appIdSecond ?? appIdFirst) as AppId,
      timestamp: Number(timestampFirst ?? timestampSecond),
    },
  });
}
