import { hash } from 'node:crypto';
import type { SessionKey } from '../domain/session-key.js';

declare const fingerprintBrand: unique symbol;

/** SHA-256 in Base64url, 43 characters: names a secret without telling it. */
export type Fingerprint = string & { readonly [fingerprintBrand]: true };

/**
 * The fingerprint of some texts for one purpose. The same texts have another fingerprint for another purpose, and each
 * text goes in behind its length, so that no two lists of texts share one.
 */
export function fingerprint(purpose: string, ...texts: readonly string[]): Fingerprint {
  let message = `weixin-phone-gateway/${purpose}`;
  for (const text of texts) message += `\0${text.length}:${text}`;
  return hash('sha256', message, 'base64url') as Fingerprint;
}

/** Under this name Redis counts the failures with a session key, whatever session or sealing key is in use. */
export function sessionKeyFingerprint(key: SessionKey): Fingerprint {
  return fingerprint('session-key', key.revealText());
}
