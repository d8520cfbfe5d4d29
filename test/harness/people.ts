import { createHash } from 'node:crypto';
import { type AppId, type OpenId, parseAppId, parseOpenId, type User } from '../../src/domain/app.js';
import type { KeyRing, LearnedKey } from '../../src/domain/key-ring.js';
import { SessionKey } from '../../src/domain/session-key.js';

/** The Mini Program of most tests, and another one. */
export const APP_ID = parseAppId('wx4f4bc4dec97d474b') as AppId;
export const OTHER_APP_ID = parseAppId('wx0000000000000001') as AppId;

/** A user of a Mini Program, by a name. */
export function user(name: string, appId: AppId = APP_ID): User {
  return { appId, openId: parseOpenId(`o-${name}`) as OpenId };
}

/** Always the same session key for a name. */
export function sessionKey(name: string): SessionKey {
  return SessionKey.parse(sessionKeyText(name)) as SessionKey;
}

export function sessionKeyText(name: string): string {
  return createHash('sha256').update(name).digest().subarray(0, 16).toString('base64');
}

/**
 * A ring that can be compared: session keys hide their bytes, so that the equality of a test framework would take any two
 * for the same.
 */
export function readable(ring: KeyRing): object[] {
  return ring.map(({ key, ...times }) => ({ key: key.revealText(), ...times }));
}

/** A key that a code2Session call brought, by default some time ago. */
export function learnedKey(name: string, askedAt = 1_769_848_200_000, learnedAt = askedAt + 50): LearnedKey {
  return { key: sessionKey(name), askedAt, learnedAt };
}
