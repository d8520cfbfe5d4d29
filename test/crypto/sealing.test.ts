import fc from 'fast-check';
import { deriveSealingKey, seal, unseal } from '../../src/crypto/sealing.js';

const key = deriveSealingKey('code', 'login-replay', ['wx4f4bc4dec97d474b', null]);

test('what is sealed unseals under the same key', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
      expect(unseal(key, seal(key, text))).toBe(text);
    }),
  );
});

test('the same text is sealed another way every time', () => {
  expect(new Set(Array.from({ length: 100 }, () => seal(key, 'text'))).size).toBe(100);
});

test('what is sealed does not show', () => {
  expect(Buffer.from(seal(key, 'a token'), 'base64url').toString('latin1')).not.toContain('a token');
});

test('one flipped bit, anywhere, and nothing unseals', () => {
  const sealed = Buffer.from(seal(key, 'a text to be sealed'), 'base64url');
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const flipped = Buffer.from(sealed);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(unseal(key, flipped.toString('base64url'))).toBeUndefined();
  }
});

test('whatever is cut off or put on, nothing unseals', () => {
  const sealed = Buffer.from(seal(key, 'a text to be sealed'), 'base64url');
  for (let length = 0; length < sealed.length; length++) {
    expect(unseal(key, sealed.subarray(0, length).toString('base64url'))).toBeUndefined();
    expect(unseal(key, sealed.subarray(sealed.length - length).toString('base64url'))).toBeUndefined();
  }
  expect(unseal(key, Buffer.concat([sealed, Buffer.alloc(1)]).toString('base64url'))).toBeUndefined();
});

test('what nobody sealed does not unseal, and does not throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 100 }), fc.base64String({ maxLength: 100 })), (text) => {
      expect(unseal(key, text)).toBeUndefined();
    }),
  );
});

test.each<[string, Parameters<typeof deriveSealingKey>]>([
  ['another secret', ['another', 'login-replay', ['wx4f4bc4dec97d474b', null]]],
  ['another purpose', ['code', 'another', ['wx4f4bc4dec97d474b', null]]],
  ['another context', ['code', 'login-replay', ['wx0000000000000001', null]]],
  ['a nonce more', ['code', 'login-replay', ['wx4f4bc4dec97d474b', 'nonce']]],
  ['an empty nonce', ['code', 'login-replay', ['wx4f4bc4dec97d474b', '']]],
  ['a nonce that reads as none', ['code', 'login-replay', ['wx4f4bc4dec97d474b', 'null']]],
  ['a context with another boundary', ['code', 'login-replay', ['wx4f4bc4dec97d474b,null']]],
])('%s gives another key, which opens nothing', (_, of) => {
  const other = deriveSealingKey(...of);
  expect(other).not.toEqual(key);
  expect(unseal(other, seal(key, 'text'))).toBeUndefined();
});

test('the same secret, purpose and context always give the same key, of 32 bytes', () => {
  expect(deriveSealingKey('code', 'login-replay', ['wx4f4bc4dec97d474b', null])).toEqual(key);
  expect(key).toHaveLength(32);
});

test('the longest code and nonce that may come still give a key', () => {
  const nonce = '"'.repeat(128);
  expect(deriveSealingKey('c'.repeat(256), 'login-replay', ['wx4f4bc4dec97d474b', nonce])).toHaveLength(32);
});
