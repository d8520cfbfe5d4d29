import { createDecipheriv } from 'node:crypto';
import type { SessionKey } from '../domain/session-key.js';
import type { EncryptedPhone } from './crypto-service.js';

/**
 * Whether this key decrypts the data to JSON with a watermark, which all of Weixin's open data has.
 *
 * Only for GrammarWatch. Random bytes pass this check far too often, so an answer, a metric or a log line per request
 * that depended on it would be the decryption oracle that the closed grammar prevents.
 */
export function isWatermarkedJson(key: SessionKey, { encryptedData, iv }: EncryptedPhone): boolean {
  const decipher = createDecipheriv('aes-128-cbc', key.revealBytes(), iv);
  try {
    const text = Buffer.concat([decipher.update(encryptedData), decipher.final()]).toString('utf8');
    const { watermark } = JSON.parse(text) as { watermark?: { appid?: unknown; timestamp?: unknown } };
    return typeof watermark?.appid === 'string' && typeof watermark.timestamp === 'number';
  } catch {
    return false;
  }
}
