import { generateKeyPairSync } from 'node:crypto';
import { loadConfig } from '../../src/config/config.js';

/* A key file that was cut off must not start a gateway that signs with another key than the operator meant. */

const newKey = () => String(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
const [first, second] = [newKey(), newKey()];
const END = '-----END PRIVATE KEY-----\n';
const load = (pem: string) =>
  loadConfig(
    { PROOF_KEY_FILE: 'keys.pem', PROOF_ISSUER: 'https://gateway.example', WEIXIN_SIMULATOR: 'on' },
    () => pem,
  );

test.each([
  ['the last of two blocks has no end', first + second.slice(0, -END.length)],
  ['the last of two blocks stops within its key', first + second.slice(0, -END.length - 10)],
  ['the last of two blocks is its first line', `${first}-----BEGIN PRIVATE KEY-----\n`],
  ['the first of two blocks has no end', first.slice(0, -END.length) + second],
  ['the first of two blocks has no beginning', first.slice(first.indexOf('\n') + 1) + second],
  ['a line breaks off within the marks', `${first}-----BEGIN PRIV`],
])('PROOF_KEY_FILE: %s', (_what, pem) => {
  expect(() => load(pem)).toThrow('PROOF_KEY_FILE');
});

test('text around whole blocks is no error', () => {
  expect(load(`the current key\n${first}\nthe one before\n${second}\n`).proofKeys?.length).toBe(2);
});
