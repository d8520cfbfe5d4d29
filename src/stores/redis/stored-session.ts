import type { Fingerprint } from '../../crypto/fingerprint.js';
import type { StoreSeal } from '../../crypto/store-seal.js';
import type { AppId, OpenId } from '../../domain/app.js';
import type { Instant, Milliseconds } from '../../domain/clock.js';
import type { Session } from '../../domain/session.js';
import { sessionKeyName } from './key-names.js';

/** A session, and the code of its login under which an answer may be kept. */
export interface StoredSession {
  readonly session: Session;
  readonly code: Fingerprint | undefined;
}

type Written = [AppId, OpenId, string | null, createdAt: Instant, lives: Milliseconds, code?: Fingerprint];

/** Seals a session for the record of this token. */
export function sealSession(seal: StoreSeal, token: Fingerprint, { session, code }: StoredSession): string {
  const { appId, openId, unionId, createdAt, expiresAt } = session;
  const written: Written = [appId, openId, unionId, createdAt, expiresAt - createdAt];
  if (code !== undefined) written.push(code);
  return seal.seal(sessionKeyName(token), JSON.stringify(written));
}

/** The session that was sealed for the record of this token; undefined if there is none. */
export function openSession(seal: StoreSeal, token: Fingerprint, sealed: string | null): StoredSession | undefined {
  const text = sealed === null ? undefined : seal.open(sessionKeyName(token), sealed);
  if (text === undefined) return undefined;
  const written: unknown = JSON.parse(text);
  // Version 0.1.0 wrote an object.
  if (!Array.isArray(written)) return undefined;
  const [appId, openId, unionId, createdAt, lives, code] = written as Written;
  return { session: { id: token, appId, openId, unionId, createdAt, expiresAt: createdAt + lives }, code };
}
