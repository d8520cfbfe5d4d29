import fc from 'fast-check';
import { fingerprint, sessionKeyFingerprint } from '../../src/crypto/fingerprint.js';
import { tokenHash, type Token } from '../../src/crypto/token.js';
import { sessionKey, sessionKeyText } from '../harness/people.js';

test('the fingerprint of the same texts for one purpose is always the same: stores outlive processes', () => {
  expect(fingerprint('token', 'a', 'b')).toBe('Au3A93_sqqiEn-k6eWpwDpdBdFYlKOQqgKpCUc1Ayh4');
});

test.each<[string, [string, ...string[]], [string, ...string[]]]>([
  ['another purpose', ['token', 'a'], ['login-code', 'a']],
  ['another text', ['token', 'a'], ['token', 'b']],
  ['another order', ['token', 'a', 'b'], ['token', 'b', 'a']],
  ['another place for the boundary', ['token', 'ab', 'c'], ['token', 'a', 'bc']],
  ['an empty text more', ['token', 'a'], ['token', 'a', '']],
  ['no text', ['token'], ['token', '']],
  ['a text that looks like two', ['token', 'a\x001:b'], ['token', 'a', 'b']],
])('%s has another fingerprint', (_, a, b) => {
  expect(fingerprint(...a)).not.toBe(fingerprint(...b));
});

test('two lists of texts share a fingerprint only where they are the same list', () => {
  const texts = fc.array(fc.string({ unit: fc.constantFrom('a', '1', ':', '\0', 'é', '中'), maxLength: 4 }), {
    maxLength: 4,
  });
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      expect(fingerprint('token', ...a) === fingerprint('token', ...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
    { numRuns: 2000 },
  );
});

test('a session key has a fingerprint of its own, that tells nothing of it', () => {
  expect(sessionKeyFingerprint(sessionKey('a'))).toBe(sessionKeyFingerprint(sessionKey('a')));
  expect(sessionKeyFingerprint(sessionKey('a'))).not.toBe(sessionKeyFingerprint(sessionKey('b')));
  expect(sessionKeyFingerprint(sessionKey('a'))).not.toBe(tokenHash(sessionKeyText('a') as Token));
  expect(sessionKeyFingerprint(sessionKey('a'))).toMatch(/^[A-Za-z0-9_-]{43}$/);
});
