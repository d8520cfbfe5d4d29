import { createDecipheriv } from 'node:crypto';
import type { SessionKey } from '../domain/session-key.js';
import type { EncryptedPhone } from './crypto-service.js';

/**
 * Whether this key opens the data to any JSON with a watermark, as every open data of Weixin's has one.
 *
 * For a watch over the grammar only. A random block passes here far too often: an answer, a figure for each request or a
 * log line for each request that depended on this would be the oracle that the closed grammar takes away.
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
