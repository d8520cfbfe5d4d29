import { newToken, parseToken, tokenHash } from '../../src/crypto/token.js';

test('a new token is 32 bytes as Base64url, and never the same', () => {
  const tokens = Array.from({ length: 1000 }, newToken);
  expect(new Set(tokens).size).toBe(1000);
  for (const token of tokens) {
    expect(parseToken(token)).toBe(token);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  }
});

test('each bit of a new token is set in about half of them', () => {
  const COUNT = 2000;
  const set = new Array<number>(256).fill(0);
  for (let i = 0; i < COUNT; i++) {
    const bytes = Buffer.from(newToken(), 'base64url');
    set.forEach((_, bit) => (set[bit] = (set[bit] ?? 0) + (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1)));
  }
  // Eight standard deviations: a good generator passes always.
  for (const count of set) expect(Math.abs(count - COUNT / 2)).toBeLessThan(8 * Math.sqrt(COUNT / 4));
});

test.each([
  '',
  'short',
  'x'.repeat(42),
  'x'.repeat(44),
  `${'x'.repeat(42)}=`,
  `${'x'.repeat(42)}+`,
  `${'x'.repeat(43)}\n`,
])('%j is no token', (text) => {
  expect(parseToken(text)).toBeUndefined();
});

test('the hash of a token is always the same, another one for each, and tells nothing of it', () => {
  const [a, b] = [newToken(), newToken()];
  expect(tokenHash(a)).toBe(tokenHash(a));
  expect(tokenHash(a)).not.toBe(tokenHash(b));
  expect(tokenHash(a)).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(tokenHash(a)).not.toContain(a);
});
