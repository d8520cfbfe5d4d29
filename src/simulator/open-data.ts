import { createCipheriv, randomBytes } from 'node:crypto';

/** Encrypted data as Weixin hands it to a Mini Program: Base64 texts. */
export interface EncryptedOpenData {
  readonly encryptedData: string;
  readonly iv: string;
}

/** Encrypts a document as Weixin does: compact JSON, AES-128-CBC, PKCS#7, a random iv. */
export function encryptOpenData(sessionKey: string, document: unknown): EncryptedOpenData {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(sessionKey, 'base64'), iv);
  const encrypted = Buffer.concat([cipher.update(JSON.stringify(document), 'utf8'), cipher.final()]);
  return { encryptedData: encrypted.toString('base64'), iv: iv.toString('base64') };
}
