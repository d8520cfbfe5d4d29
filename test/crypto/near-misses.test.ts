import { CryptoService } from '../../src/crypto/crypto-service.js';
import { encryptBlocks, encryptText, newSessionKey } from '../harness/encrypted-phone.js';

const crypto = new CryptoService();
const key = newSessionKey();
const opens = (text: string) => crypto.open([key], encryptText(key, text)) !== undefined;

const NUMBER = '13580006666';
const APP_ID = 'wx4f4bc4dec97d474b';
const numbers = `"phoneNumber":"${NUMBER}","purePhoneNumber":"${NUMBER}"`;
const code = '"countryCode":"86"';
const watermark = `"watermark":{"timestamp":1477314187,"appid":"${APP_ID}"}`;
const DOCUMENT = `{${numbers},${code},${watermark}}`;

const instead = (part: string, other: string) => DOCUMENT.replace(part, other);
const foreign = (phoneNumber: string, pure: string, countryCode: string) =>
  `{"phoneNumber":"${phoneNumber}","purePhoneNumber":"${pure}","countryCode":${countryCode},${watermark}}`;

test.each([
  ['as Weixin documents it', DOCUMENT],
  [
    'with the watermark the other way round',
    instead(watermark, `"watermark":{"appid":"${APP_ID}","timestamp":1477314187}`),
  ],
  ['with the country code as a number', instead('"86"', '86')],
  ['with the country code in front', foreign('85298765432', '98765432', '"852"')],
  ["with '+' and the country code in front", foreign('+85298765432', '98765432', '852')],
  ['with a foreign number that goes without its country code', foreign('98765432', '98765432', '"852"')],
  ["with '+' in the country code", instead('"86"', '"+86"')],
  ['with a trunk zero', foreign('0912345678', '0912345678', '"886"')],
  ['with a trunk zero in one of two numbers', foreign('+886912345678', '0912345678', '"886"')],
  ['with the country code in both numbers', foreign('+8613580006666', '8613580006666', '"86"')],
  ["with '+' and the country code in both numbers", foreign('+8613580006666', '+8613580006666', '"86"')],
  ['with the longest number', foreign('+999912345678901', '12345678901', '"9999"')],
])('a document opens: %s', (_name, text) => {
  expect(opens(text)).toBe(true);
});

test.each([
  ['white space in front', ` ${DOCUMENT}`],
  ['a line feed behind', `${DOCUMENT}\n`],
  ['white space after a colon', instead('"countryCode":', '"countryCode": ')],
  ['white space after a comma', instead(',"countryCode"', ', "countryCode"')],
  ['white space inside the watermark', instead('{"timestamp"', '{ "timestamp"')],
  ['a byte order mark', `\ufeff${DOCUMENT}`],
  ['an escaped digit', instead(NUMBER, '\\u00313580006666')],
  ['an escaped name', instead('"countryCode"', '"\\u0063ountryCode"')],
  ['an escaped solidus', instead('"86"', '"8\\/6"')],
  ['an unknown member at the start', instead('{"phone', '{"x":1,"phone')],
  ['an unknown member in the middle', instead(code, `${code},"x":1`)],
  ['an unknown member at the end', instead('"}}', '"},"x":1}')],
  ['an unknown member in the watermark', instead(`"${APP_ID}"`, `"${APP_ID}","x":1`)],
  ['phoneNumber twice', instead('{', `{"phoneNumber":"${NUMBER}",`)],
  ['countryCode twice', instead(code, `${code},${code}`)],
  ['the watermark twice', instead(watermark, `${watermark},${watermark}`)],
  ['the appid twice', instead(`"${APP_ID}"`, `"${APP_ID}","appid":"${APP_ID}"`)],
  ['the timestamp twice', instead('"appid"', '"timestamp":1477314187,"appid"')],
  ['the numbers in the other order', instead(numbers, `"purePhoneNumber":"${NUMBER}","phoneNumber":"${NUMBER}"`)],
  ['the country code first', `{${code},${numbers},${watermark}}`],
  ['the watermark first', `{${watermark},${numbers},${code}}`],
  ['no phoneNumber', instead(`"phoneNumber":"${NUMBER}",`, '')],
  ['no purePhoneNumber', instead(`,"purePhoneNumber":"${NUMBER}"`, '')],
  ['no countryCode', instead(`,${code}`, '')],
  ['no watermark', instead(`,${watermark}`, '')],
  ['no appid', instead(`,"appid":"${APP_ID}"`, '')],
  ['no timestamp', instead('"timestamp":1477314187,', '')],
  ['two different numbers', instead(`"phoneNumber":"${NUMBER}"`, '"phoneNumber":"13912345678"')],
  ["another country's code in front", foreign('85398765432', '98765432', '"852"')],
  ["'+' without the country code", foreign('+98765432', '98765432', '"852"')],
  ["'00' and the country code", foreign('0085298765432', '98765432', '"852"')],
  ["two '+'", foreign('++85298765432', '98765432', '"852"')],
  ['sixteen digits in all', foreign('+9999123456789012', '123456789012', '"9999"')],
  ['sixteen digits in all, without the country code', foreign('123456789012', '123456789012', '"9999"')],
  ['a number of three digits', foreign('123', '123', '"86"')],
  ['an empty number', foreign('', '', '"86"')],
  ['a letter in the numbers', DOCUMENT.replaceAll(NUMBER, '1358000666x')],
  ['a space in the numbers', DOCUMENT.replaceAll(NUMBER, '135 8000666')],
  ['full-width digits', DOCUMENT.replaceAll(NUMBER, '１３５８０００６６６６')],
  ['the numbers as numbers', DOCUMENT.replaceAll(`"${NUMBER}"`, NUMBER)],
  ['a country code with a leading zero', instead('"86"', '"086"')],
  ["a country code with two '+'", instead('"86"', '"++86"')],
  ['an empty country code', instead('"86"', '""')],
  ['a country code of five digits', instead('"86"', '"86868"')],
  ['a negative country code', instead('"86"', '-86')],
  ['a country code with a fraction', instead('"86"', '86.0')],
  ['a country code that is null', instead('"86"', 'null')],
  ['half a quotation', instead('"86"', '"86')],
  ['a timestamp of nine digits', instead('1477314187', '147731418')],
  ['a timestamp of eleven digits', instead('1477314187', '14773141870')],
  ['a timestamp as a text', instead('1477314187', '"1477314187"')],
  ['a negative timestamp', instead('1477314187', '-147731418')],
  ['a timestamp with an exponent', instead('1477314187', '1477314e03')],
  ['an appid of 15 digits', instead(APP_ID, APP_ID.slice(0, -1))],
  ['an appid of 17 digits', instead(APP_ID, `${APP_ID}0`)],
  ['an appid in upper case', instead(APP_ID, `wx${APP_ID.slice(2).toUpperCase()}`)],
  ['an appid with a digit that is not hexadecimal', instead(APP_ID, 'wx4f4bc4dec97d474g')],
  ['an appid that does not begin with wx', instead(APP_ID, APP_ID.replace('wx', 'gh'))],
  ['an array around it', `[${DOCUMENT}]`],
  ['two documents', DOCUMENT + DOCUMENT],
  ['a byte behind it', `${DOCUMENT}}`],
  ['its last brace missing', DOCUMENT.slice(0, -1)],
  ['names in another case', instead('"phoneNumber"', '"phonenumber"')],
  ['single quotation marks', DOCUMENT.replaceAll('"', "'")],
  ['a zero byte behind it', `${DOCUMENT}\0`],
  [
    'the user info',
    `{"openId":"oGZUI0egBJY1zhBYw2KhdUfwVJJE","nickName":"${NUMBER}","gender":1,"language":"zh_CN",${watermark}}`,
  ],
  ['the user info with the members of a phone document', instead('{', '{"openId":"oGZUI0egBJY1zhBYw2KhdUfwVJJE",')],
  ['an empty text', ''],
])('a document is nothing: %s', (_name, text) => {
  expect(text).not.toBe(DOCUMENT);
  expect(opens(text)).toBe(false);
});

/** A document that ends where a block ends. */
const FILLED = foreign('1'.repeat(10), '1'.repeat(10), '"86"');
const n = 16 - (DOCUMENT.length % 16);
const pad = (...padding: number[]) => Buffer.concat([Buffer.from(DOCUMENT), Buffer.from(padding)]);
const times = (count: number, byte: number) => Array.from({ length: count }, () => byte);

test('the padding that ends the last block opens', () => {
  expect(crypto.open([key], encryptBlocks(key, pad(...times(n, n))))).toBeDefined();
});

test.each([
  ['none', Buffer.from(FILLED)],
  ['none, and a block too many', Buffer.from(FILLED + 'x'.repeat(16))],
  ['zeros', pad(...times(n, 0))],
  ['the last byte alone (ANSI X9.23)', pad(...times(n - 1, 0), n)],
  ['one byte off at the start', pad(n ^ 1, ...times(n - 1, n))],
  ['one byte off at the end', pad(...times(n - 1, n), n ^ 1)],
  ['a block too many, counted', pad(...times(n + 16, n + 16))],
  ['a whole block of padding behind the right one', pad(...times(n, n), ...times(16, 16))],
  ['its own bytes behind another block', pad(...times(n, n), ...times(16, n))],
  ['spaces', pad(...times(n, 0x20))],
])('a document with another padding is nothing: %s', (_name, bytes) => {
  expect(bytes.length % 16).toBe(0);
  expect(crypto.open([key], encryptBlocks(key, bytes))).toBeUndefined();
});

test('a document that fills its last block opens with a whole block of padding, and not without', () => {
  expect(FILLED.length % 16).toBe(0);
  expect(crypto.open([key], encryptText(key, FILLED))).toBeDefined();
  expect(crypto.open([key], encryptBlocks(key, Buffer.from(FILLED)))).toBeUndefined();
});

test('a document is nothing with the high bit of any byte set', () => {
  const opened = Array.from(pad(...times(n, n)).keys()).filter((at) => {
    const bytes = pad(...times(n, n));
    bytes[at] = (bytes[at] ?? 0) | 0x80;
    return crypto.open([key], encryptBlocks(key, bytes)) !== undefined;
  });
  expect(opened).toEqual([]);
});
