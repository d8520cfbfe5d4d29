import { hash } from 'node:crypto';
import type { SessionKey } from '../domain/session-key.js';

declare const fingerprintBrand: unique symbol;

/** SHA-256 in Base64url, 43 characters: identifies a secret without revealing it. */
export type Fingerprint = string & { readonly [fingerprintBrand]: true };

/**
 * Hashes texts for one purpose; other purposes give other fingerprints. Each text is prefixed with its length, so that
 * different lists of texts never give the same input.
 */
export function fingerprint(purpose: string, ...texts: readonly string[]): Fingerprint {
  let message = `weixin-phone-gateway/${purpose}`;
  for (const text of texts) message += `\0${text.length}:${text}`;
  return hash('sha256', message, 'base64url') as Fingerprint;
}

/**
 * Name under which Redis counts the failures with a session key; it does not depend on the session or the sealing key.
 */
export function sessionKeyFingerprint(key: SessionKey): Fingerprint {
  return fingerprint('session-key', key.revealText());
}
