import fc from 'fast-check';
import { CryptoService, type EncryptedPhone } from '../../src/crypto/crypto-service.js';
import { encryptBlocks, encryptText, newSessionKey } from '../harness/encrypted-phone.js';
import { writtenDocuments } from '../harness/phone-documents.js';

const crypto = new CryptoService();
const key = newSessionKey();
const other = newSessionKey();

const bytes = (blocks: { min: number; max: number }) =>
  fc
    .integer(blocks)
    .chain((count) => fc.uint8Array({ minLength: count * 16, maxLength: count * 16 }))
    .map((array) => Buffer.from(array));
const block = bytes({ min: 1, max: 1 });

test('what is encrypted opens to the same document, for every document that the grammar allows', () => {
  fc.assert(
    fc.property(writtenDocuments, ({ text, document }) => {
      expect(crypto.open([key], encryptText(key, text))).toEqual({ document, keyIndex: 0 });
    }),
    { numRuns: 2000 },
  );
});

test('a document opens with its key wherever that is among the keys, and with no other', () => {
  fc.assert(
    fc.property(writtenDocuments, fc.integer({ min: 0, max: 2 }), ({ text, document }, keyIndex) => {
      const data = encryptText(key, text);
      const wrong = [other, newSessionKey()];
      expect(crypto.open(wrong.toSpliced(keyIndex, 0, key), data)).toEqual({ document, keyIndex });
      expect(crypto.open(wrong, data)).toBeUndefined();
    }),
  );
});

test('a document with one byte changed, in its data or in its iv, opens to nothing', () => {
  fc.assert(
    fc.property(
      writtenDocuments,
      fc.constantFrom<keyof EncryptedPhone>('encryptedData', 'iv'),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      ({ text }, part, position, change) => {
        const data = encryptText(key, text);
        const at = position % data[part].length;
        data[part][at] = (data[part][at] ?? 0) ^ change;
        expect(crypto.open([key], data)).toBeUndefined();
      },
    ),
    { numRuns: 5000 },
  );
});

test('any bytes whatever open to nothing, and nothing throws', () => {
  fc.assert(
    fc.property(bytes({ min: 1, max: 20 }), block, (encryptedData, iv) => {
      expect(crypto.open([key, other], { encryptedData, iv })).toBeUndefined();
    }),
    { numRuns: 5000 },
  );
});

test('any decrypted bytes whatever are nothing, also behind the opening of a document', () => {
  fc.assert(
    fc.property(fc.boolean(), bytes({ min: 1, max: 16 }), (opening, rest) => {
      const decrypted = opening ? Buffer.concat([Buffer.from('{"phoneNumber":"'), rest]) : rest;
      expect(crypto.open([key], encryptBlocks(key, decrypted))).toBeUndefined();
    }),
    { numRuns: 5000 },
  );
});

test('no key opens nothing', () => {
  const [written] = fc.sample(writtenDocuments, 1);
  expect(crypto.open([], encryptText(key, written?.text ?? ''))).toBeUndefined();
});
