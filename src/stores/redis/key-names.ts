import type { Fingerprint } from '../../crypto/fingerprint.js';
import type { User } from '../../domain/app.js';

/*
 * The names of everything in Redis. What a script changes at once shares a hash tag, the part in braces, and so a slot of a
 * Cluster. No name holds a token, a code, a key, a phone number or an address.
 */

export function sessionKeyName(token: Fingerprint): string {
  return `wpg:session:${token}`;
}

export function sessionListName({ appId, openId }: User): string {
  return `wpg:sessions:{${appId}:${openId}}`;
}

export function keyRingName({ appId, openId }: User): string {
  return `wpg:ring:{${appId}:${openId}}`;
}

export function failuresName({ appId, openId }: User): string {
  return `wpg:failures:{${appId}:${openId}}`;
}

export function onceName(id: Fingerprint, part: string): string {
  return `wpg:once:{${id}}:${part}`;
}

export function rateName(limit: string, subject: Fingerprint): string {
  return `wpg:rate:${limit}:${subject}`;
}

export function accessTokenName(appId: string): string {
  return `wpg:access-token:${appId}`;
}
