import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { fingerprint } from './fingerprint.js';

/** Bytes of a sealing key: AES-256. */
export const SEALING_KEY_BYTES = 32;

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A key for sealing: SEALING_KEY_BYTES. */
export type SealingKey = Buffer;

/**
 * Derives a sealing key from a secret that the store does not hold: one hash over the secret and what the key is for, each
 * behind its length, as NIST SP 800-56C (one-step key derivation) has it for a key no longer than the hash. HKDF would give
 * no more for a secret as random as a code of Weixin's, and took a twelfth of a login.
 *
 * @param purpose what the key is for: other purposes give unrelated keys
 * @param context what the key is bound to
 */
export function deriveSealingKey(secret: string, purpose: string, context: readonly (string | null)[]): SealingKey {
  return Buffer.from(fingerprint(`sealing-key/${purpose}`, secret, JSON.stringify(context)), 'base64url');
}

/**
 * Seals a text with AES-256-GCM (NIST SP 800-38D): iv, tag and ciphertext as Base64url.
 *
 * @param record what the text is bound to: it opens only where it stands
 */
export function seal(key: SealingKey, text: string, record = ''): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(record));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** The text that was sealed under this key for this record; undefined for another key, other bytes or another record. */
export function unseal(key: SealingKey, sealed: string, record = ''): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < IV_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(record)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  const text = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
