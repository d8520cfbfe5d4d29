import { createDecipheriv } from 'node:crypto';
import type { PhoneDocument } from '../domain/phone-number.js';
import type { SessionKey } from '../domain/session-key.js';
import { parsePhoneDocument } from './phone-document.js';

/** Bytes of an AES block, and of an iv. */
export const BLOCK_BYTES = 16;

/**
 * Bytes of the shortest and of the longest ciphertext that is looked at. By the grammar a phone document takes 144 to 160;
 * the rest is room for a format that moves.
 */
export const MIN_ENCRYPTED_BYTES = 112;
export const MAX_ENCRYPTED_BYTES = 256;

/** What the button's event carries, decoded and of the right lengths. */
export interface EncryptedPhone {
  /** Whole blocks, MIN_ENCRYPTED_BYTES to MAX_ENCRYPTED_BYTES. */
  readonly encryptedData: Buffer;
  /** BLOCK_BYTES. */
  readonly iv: Buffer;
}

export interface OpenedPhone {
  readonly document: PhoneDocument;
  /** Which of the keys opened it, counted from 0. */
  readonly keyIndex: number;
}

/**
 * Opens what Weixin encrypted: AES-128-CBC, PKCS#7 padding, keyed with a user's session key.
 * Source: developers.weixin.qq.com, "Signature verification, encryption and decryption of open data".
 */
export class CryptoService {
  /**
   * The phone document in this data, or undefined. Every key is tried whatever came before, and nothing tells why a
   * document did not open: a wrong key, a wrong padding and a wrong document are one case, with one cost.
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

/** Decrypted bytes with their padding: with automatic padding off, OpenSSL has no failure to report. */
function decrypt(key: SessionKey, { encryptedData, iv }: EncryptedPhone): Buffer {
  return createDecipheriv('aes-128-cbc', key.revealBytes(), iv).setAutoPadding(false).update(encryptedData);
}
