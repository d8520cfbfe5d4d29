import { createHmac } from 'node:crypto';
import type { SessionKey } from '../domain/session-key.js';

/**
 * Signature under a session key: HMAC-SHA256 in lower-case hexadecimal, keyed with the Base64 TEXT of the key, not with
 * its bytes. It proves possession of the key, and virtual payment wants it over its signData.
 * Source: developers.weixin.qq.com, "User login state signature".
 */
export function sessionKeySignature(key: SessionKey, message: string): string {
  return createHmac('sha256', key.revealText()).update(message).digest('hex');
}
