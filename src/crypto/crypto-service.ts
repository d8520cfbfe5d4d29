import { createDecipheriv } from 'node:crypto';
import type { PhoneDocument } from '../domain/phone-number.js';
import type { SessionKey } from '../domain/session-key.js';
import { parsePhoneDocument } from './phone-document.js';

/** Bytes of an AES block, and of an iv. */
export const BLOCK_BYTES = 16;

/**
 * Bounds of the ciphertext in bytes. By the grammar a phone document takes 144 to 160; the rest leaves room for changes
 * of Weixin's format.
 */
export const MIN_ENCRYPTED_BYTES = 112;
export const MAX_ENCRYPTED_BYTES = 256;

/** Data of the button's event, decoded and of valid lengths. */
export interface EncryptedPhone {
  /** Whole blocks, MIN_ENCRYPTED_BYTES to MAX_ENCRYPTED_BYTES. */
  readonly encryptedData: Buffer;
  /** BLOCK_BYTES. */
  readonly iv: Buffer;
}

export interface OpenedPhone {
  readonly document: PhoneDocument;
  /** Index of the key that opened it. */
  readonly keyIndex: number;
}

/**
 * Decrypts Weixin's open data: AES-128-CBC, PKCS#7 padding, keyed with a user's session key.
 * Source: developers.weixin.qq.com, "Signature verification, encryption and decryption of open data".
 */
export class CryptoService {
  /**
   * Decrypts the data to a phone document; undefined if no key opens it. Every key is tried even after a success, and
   * the result does not tell why a document did not open: a wrong key, wrong padding and a wrong document are one case
   * with the same cost.
   */
  open(keys: readonly SessionKey[], data: EncryptedPhone): OpenedPhone | undefined {
    let opened: OpenedPhone | undefined;
    keys.forEach((key, keyIndex) => {
      const document = parsePhoneDocument(decrypt(key, data));
      if (document !== undefined && opened === undefined) opened = { document, keyIndex };
    });
    return opened;
  }
}

/** Decrypts and keeps the padding: with automatic padding off, OpenSSL has no failure to report. */
function decrypt(key: SessionKey, { encryptedData, iv }: EncryptedPhone): Buffer {
  return createDecipheriv('aes-128-cbc', key.revealBytes(), iv).setAutoPadding(false).update(encryptedData);
}
