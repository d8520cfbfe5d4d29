/** Members whose text nobody has to see: only its length is told. */
const HIDDEN = new Set([
  'token',
  'authorization',
  'code',
  'encryptedData',
  'iv',
  'cloudId',
  'nonce',
  'openId',
  'unionId',
  'proof',
]);

/** How the contract spells a code of an error, which is no secret. */
const ERROR_CODE = /^[A-Z_]+$/;

/** The same value without tokens, codes and ciphertexts. */
export function redacted(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (name, member: unknown) =>
      HIDDEN.has(name) && typeof member === 'string' && !ERROR_CODE.test(member) ? `•••• (${member.length})` : member,
    ),
  ) as unknown;
}
