import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { fingerprint } from './fingerprint.js';

/** Bytes of a sealing key: AES-256. */
export const SEALING_KEY_BYTES = 32;

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A sealing key of SEALING_KEY_BYTES. */
export type SealingKey = Buffer;

/**
 * Derives a sealing key from a secret that the store does not hold: one hash over the purpose, and over the secret and
 * the context behind their lengths. HKDF would add nothing for secrets as random as Weixin's codes, and takes longer.
 * Source: NIST SP 800-56C, one-step key derivation, for keys no longer than the hash.
 *
 * @param purpose use of the key: other purposes give unrelated keys
 * @param context values that the key is bound to
 */
export function deriveSealingKey(secret: string, purpose: string, context: readonly (string | null)[]): SealingKey {
  return Buffer.from(fingerprint(`sealing-key/${purpose}`, secret, JSON.stringify(context)), 'base64url');
}

/**
 * Seals a text with AES-256-GCM (NIST SP 800-38D): iv, tag and ciphertext as Base64url.
 *
 * @param record name that the text is bound to: it opens only under this name
 */
export function seal(key: SealingKey, text: string, record = ''): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(record));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** Opens a sealed text; undefined if the key, the bytes or the record differ. */
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
