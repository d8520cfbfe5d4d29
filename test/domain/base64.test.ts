import fc from 'fast-check';
import { decodeBase64 } from '../../src/domain/base64.js';

// RFC 4648 section 10.
test.each([
  ['', ''],
  ['f', 'Zg=='],
  ['fo', 'Zm8='],
  ['foo', 'Zm9v'],
  ['foob', 'Zm9vYg=='],
  ['fooba', 'Zm9vYmE='],
  ['foobar', 'Zm9vYmFy'],
  ['\xfb\xff\xfe', '+//+'],
])('%j is %j in Base64', (text, base64) => {
  expect(decodeBase64(base64)?.toString('latin1')).toBe(text);
});

test.each([
  ['no padding', 'Zg'],
  ['half the padding', 'Zg='],
  ['too much padding', 'Zg==='],
  ['four of padding', '===='],
  ['padding that is not needed', 'Zm9v===='],
  ['padding amid the text', 'Zg==Zg=='],
  ['unused bits that are not zero', 'Zh=='],
  ['unused bits that are not zero, of two', 'Zm9='],
  ['a space in the place of a +', ' //+'],
  ['a space at the end', 'Zg== '],
  ['a line break', 'Zm9v\nYg='],
  ['a line break at the end', 'Zm9\n'],
  ['Base64url', '-__-'],
  ['a letter beyond ASCII', 'Zm9é'],
  ['a NUL', 'Zm9\0'],
  ['one character', 'Z'],
])('%s is not canonical Base64: %j', (_, text) => {
  expect(decodeBase64(text)).toBeUndefined();
});

test('decodes whatever was encoded', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(Buffer.from(bytes));
    }),
  );
});

test('decodes a text exactly where encoding the bytes gives that text again', () => {
  const nearly = fc.string({
    unit: fc.constantFrom('A', 'Q', 'Z', 'a', 'w', 'z', '0', '9', '+', '/', '=', '-', '_', ' ', '\n'),
    maxLength: 12,
  });
  fc.assert(
    fc.property(nearly, (text) => {
      const canonical = Buffer.from(text, 'base64').toString('base64') === text;
      expect(decodeBase64(text) !== undefined).toBe(canonical);
    }),
    { numRuns: 2000 },
  );
});
