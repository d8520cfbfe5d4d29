import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { parseProofKeys } from '../../src/phones/proof-signer.js';

const ed25519 = generateKeyPairSync('ed25519').privateKey;
const p256 = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
const pem = (key: KeyObject, type: 'pkcs8' | 'sec1' = 'pkcs8') => key.export({ type, format: 'pem' }).toString();

test('keys keep the order of their file: the first one signs', () => {
  expect(parseProofKeys(pem(p256) + pem(ed25519))?.map(({ algorithm }) => algorithm)).toEqual(['ES256', 'EdDSA']);
});

test.each([
  ['no key', 'no key'],
  ['a key that is not PKCS#8, also where one that is follows', pem(p256, 'sec1') + pem(ed25519)],
  ['another curve', pem(generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey)],
  ['another kind of key', pem(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)],
  ['a damaged key', pem(ed25519).replace('MC4', 'AAA')],
])('%s is refused, and never dropped in silence', (_, text) => {
  expect(parseProofKeys(text)).toBeUndefined();
});
