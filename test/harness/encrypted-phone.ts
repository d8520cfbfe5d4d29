import { createCipheriv, randomBytes } from 'node:crypto';
import type { EncryptedPhone } from '../../src/crypto/crypto-service.js';
import { SessionKey } from '../../src/domain/session-key.js';

export function newSessionKey(): SessionKey {
  return sessionKey(randomBytes(16).toString('base64'));
}

export function sessionKey(text: string): SessionKey {
  const key = SessionKey.parse(text);
  if (key === undefined) throw new TypeError('This is no session key.');
  return key;
}

/** Encrypts a text as Weixin does: AES-128-CBC, PKCS#7, a random iv. */
export function encryptText(key: SessionKey, text: string): EncryptedPhone {
  return encrypt(key, Buffer.from(text), true);
}

/** Encrypts whole blocks as they are, so that their padding may be anything. */
export function encryptBlocks(key: SessionKey, bytes: Buffer): EncryptedPhone {
  return encrypt(key, bytes, false);
}

function encrypt(key: SessionKey, bytes: Buffer, padding: boolean): EncryptedPhone {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-128-cbc', key.revealBytes(), iv).setAutoPadding(padding);
  return { encryptedData: Buffer.concat([cipher.update(bytes), cipher.final()]), iv };
}
