import fc from 'fast-check';
import type { AppId } from '../../src/domain/app.js';
import type { PhoneDocument } from '../../src/domain/phone-number.js';

/** A phone document as Weixin writes it, and what it says. */
export interface WrittenDocument {
  readonly text: string;
  readonly document: PhoneDocument;
}

const digits = (min: number, max: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((list) => list.join(''));

const appId = fc
  .uint8Array({ minLength: 8, maxLength: 8 })
  .map((bytes) => `wx${Buffer.from(bytes).toString('hex')}` as AppId);

const countryCode = fc.integer({ min: 1, max: 9999 }).map(String);

/** Every document that the grammar allows, each of its choices taken. */
export const writtenDocuments: fc.Arbitrary<WrittenDocument> = fc
  .record({
    countryCode,
    number: digits(4, 14),
    prefix: fc.constantFrom<'none' | 'code' | '+code'>('none', 'code', '+code'),
    code: fc.constantFrom<'text' | '+text' | 'number'>('text', '+text', 'number'),
    appIdFirst: fc.boolean(),
    appId,
    timestamp: fc.integer({ min: 1_000_000_000, max: 9_999_999_999 }),
  })
  .map(({ countryCode, number, prefix, code, appIdFirst, appId, timestamp }) => {
    const purePhoneNumber = number.slice(0, 15 - countryCode.length);
    const phoneNumber = { none: '', code: countryCode, '+code': `+${countryCode}` }[prefix] + purePhoneNumber;
    return {
      text: JSON.stringify({
        phoneNumber,
        purePhoneNumber,
        countryCode: { text: countryCode, '+text': `+${countryCode}`, number: Number(countryCode) }[code],
        watermark: appIdFirst ? { appid: appId, timestamp } : { timestamp, appid: appId },
      }),
      document: { phoneNumber, purePhoneNumber, countryCode, watermark: { appId, timestamp } },
    };
  });
