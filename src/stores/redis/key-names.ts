import type { Fingerprint } from '../../crypto/fingerprint.js';
import type { User } from '../../domain/app.js';

/*
 * The names of everything in Redis. What a script changes at once shares a hash tag, the part in braces, and so a slot of a
 * Cluster. No name holds a token, a code, a key, a phone number or an address. REDIS_KEY_PREFIX stands in front of all.
 */

export function sessionKeyName(token: Fingerprint): string {
  return `session:${token}`;
}

/** The user's record: key ring and list of sessions. */
export function userName({ appId, openId }: User): string {
  return `user:{${appId}:${openId}}`;
}

export function failuresName({ appId, openId }: User): string {
  return `failures:{${appId}:${openId}}`;
}

export function onceName(id: Fingerprint, part: string): string {
  return `once:{${id}}:${part}`;
}

export function rateName(limit: string, subject: Fingerprint): string {
  return `rate:${limit}:${subject}`;
}

/** The two counts of a login are changed at once: those of all addresses and apps share a slot. */
export function loginRateName(limit: string, subject: Fingerprint): string {
  return `rate:{login}:${limit}:${subject}`;
}

export function accessTokenName(appId: string): string {
  return `access-token:${appId}`;
}

/** What says whose the keys under the prefix are. */
export function markerName(): string {
  return 'marker';
}
