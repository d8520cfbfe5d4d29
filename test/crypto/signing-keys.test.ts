import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { parseSigningKeys } from '../../src/crypto/signing-keys.js';

const ed25519 = generateKeyPairSync('ed25519').privateKey;
const p256 = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
const pem = (key: KeyObject, type: 'pkcs8' | 'sec1' = 'pkcs8') => key.export({ type, format: 'pem' }).toString();

test('keys keep the order of their file: the first one signs', () => {
  expect(parseSigningKeys(pem(p256) + pem(ed25519))?.map(({ algorithm }) => algorithm)).toEqual(['ES256', 'EdDSA']);
});

test('an RSA key of 2048 bits is taken, for RS256', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  expect(parseSigningKeys(pem(rsa))?.map(({ algorithm }) => algorithm)).toEqual(['RS256']);
});

test('comments, blank lines and the line ends of Windows between keys are no part of them', () => {
  const text = `# signs since March\n${pem(p256)}\n\nBag Attributes\n    localKeyID: 54 69 6D 65\n${pem(ed25519)}`;
  expect(parseSigningKeys(text)?.map(({ algorithm }) => algorithm)).toEqual(['ES256', 'EdDSA']);
  expect(parseSigningKeys(text.replaceAll('\n', '\r\n'))).toHaveLength(2);
});

test.each([
  ['no key', 'no key'],
  ['a key that is not PKCS#8, also where one that is follows', pem(p256, 'sec1') + pem(ed25519)],
  ['another curve', pem(generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey)],
  ['an RSA key of 2047 bits', pem(generateKeyPairSync('rsa', { modulusLength: 2047 }).privateKey)],
  ['another kind of key', pem(generateKeyPairSync('x25519').privateKey)],
  ['a key without its END', pem(ed25519).replace(/-----END.*/, '')],
  ['a key without its END behind a whole one', pem(p256) + pem(ed25519).replace(/-----END.*/, '')],
  ['a key without its END before a whole one', pem(p256).replace(/-----END.*\n/, '') + pem(ed25519)],
  ['a key without its BEGIN behind a whole one', pem(p256) + pem(ed25519).replace(/-----BEGIN.*\n/, '')],
  ['a key cut in its body, before a whole one', pem(p256).slice(0, 80) + pem(ed25519)],
  ['a key without BEGIN and END', pem(ed25519) + pem(p256).replaceAll(/-----.*\n/g, '')],
  ['dashes that were lost', pem(ed25519) + pem(p256).replaceAll('-----', '--')],
  ['dashes that were lost altogether', pem(ed25519) + pem(p256).replaceAll('-----', '')],
  ['a key that ends as another kind', pem(ed25519).replace('END PRIVATE', 'END PUBLIC')],
  ['a damaged key', pem(ed25519).replace('MC4', 'AAA')],
])('%s is refused, and never dropped in silence', (_, text) => {
  expect(parseSigningKeys(text)).toBeUndefined();
});
