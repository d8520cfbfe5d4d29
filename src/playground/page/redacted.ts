/** Members whose text is hidden; only its length is shown. */
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

/** Spelling of an error code in the contract, which is no secret. */
const ERROR_CODE = /^[A-Z_]+$/;

/** Copies a value without tokens, codes and ciphertexts. */
export function redacted(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (name, member: unknown) =>
      HIDDEN.has(name) && typeof member === 'string' && !ERROR_CODE.test(member) ? `•••• (${member.length})` : member,
    ),
  ) as unknown;
}
