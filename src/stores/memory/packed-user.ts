import type { AppId, OpenId, User } from '../../domain/app.js';
import type { Instant } from '../../domain/clock.js';
import type { KeyRing, RingKey } from '../../domain/key-ring.js';
import { SESSION_KEY_BYTES, SessionKey } from '../../domain/session-key.js';
import { ID_BYTES, INSTANT_BYTES, PackedWriter, readInstant } from './packed-bytes.js';

/*
 * What is kept of a user, packed: the ring and its end, then the sessions.
 *
 *   ring      keys (1), end (5), each key: bytes (16), asked (5), learned (5), superseded or not (1), if so when (5)
 *   sessions  each: token id (16), created (5), used (5), length of the unionId + 1 or 0 (1), unionId
 */

/** A session as its user's record holds it. */
export interface PackedSession {
  readonly tokenId: string;
  readonly createdAt: Instant;
  /** When it was used last. */
  readonly usedAt: Instant;
  readonly unionId: string | null;
}

/** One that was read: where in its record it says when it was used last. */
export interface FoundSession extends PackedSession {
  readonly usedAtPlace: number;
}

const RING_HEAD_BYTES = 1 + INSTANT_BYTES;
const KEY_BYTES = SESSION_KEY_BYTES + 2 * INSTANT_BYTES + 1;
const SESSION_BYTES = ID_BYTES + 2 * INSTANT_BYTES + 1;

/** In a record's key, before the openid: the key's length (1), the appid's number (2). */
const KEY_HEAD_BYTES = 3;

/** All that were met, which are those that this gateway serves. An appid's number is its place here. */
const appIds: AppId[] = [];
const appNumbers = new Map<AppId, string>();

/** What a user's record is found by; no key is the beginning of another one. */
export function recordKey({ appId, openId }: User): string {
  return String.fromCharCode(KEY_HEAD_BYTES + openId.length) + (appNumbers.get(appId) ?? numberAppId(appId)) + openId;
}

/** The recordKey that a text begins with. */
export function keyOf(text: string): string {
  return text.slice(0, text.charCodeAt(0));
}

/** @param key a user's recordKey */
export function appIdOf(key: string): AppId {
  // Every key was made by recordKey, which numbers the appid.
  return appIds[key.charCodeAt(1) * 256 + key.charCodeAt(2)] as AppId;
}

/** @param key a user's recordKey */
export function openIdOf(key: string): OpenId {
  return key.slice(KEY_HEAD_BYTES) as OpenId;
}

function numberAppId(appId: AppId): string {
  const number = appIds.push(appId) - 1;
  const packed = String.fromCharCode(number >> 8, number % 256);
  appNumbers.set(appId, packed);
  return packed;
}

export function ringOf(record: string, now: Instant): KeyRing {
  if (now >= readInstant(record, 1)) return [];
  const ring: RingKey[] = [];
  let at = RING_HEAD_BYTES;
  for (let keys = record.charCodeAt(0); keys > 0; keys -= 1) {
    const askedAt = at + SESSION_KEY_BYTES;
    const isSuperseded = record.charCodeAt(at + KEY_BYTES - 1) === 1;
    ring.push({
      key: SessionKey.fromLatin1(record.slice(at, askedAt)),
      askedAt: readInstant(record, askedAt),
      learnedAt: readInstant(record, askedAt + INSTANT_BYTES),
      supersededAt: isSuperseded ? readInstant(record, at + KEY_BYTES) : null,
    });
    at += KEY_BYTES + (isSuperseded ? INSTANT_BYTES : 0);
  }
  return ring;
}

/** The record with another ring. */
export function withRing(record: string | undefined, ring: KeyRing, endsAt: Instant): string {
  const writer = new PackedWriter().byte(ring.length).instant(endsAt);
  for (const { key, askedAt, learnedAt, supersededAt } of ring) {
    writer.text(key.revealLatin1()).instant(askedAt).instant(learnedAt);
    if (supersededAt === null) writer.byte(0);
    else writer.byte(1).instant(supersededAt);
  }
  return writer.text(record?.slice(ringEnd(record)) ?? '').toString();
}

/** The user's sessions, the oldest first. */
export function sessionsOf(record: string | undefined): FoundSession[] {
  const sessions: FoundSession[] = [];
  if (record === undefined) return sessions;
  for (let at = ringEnd(record); at < record.length; at = sessionEnd(record, at)) sessions.push(sessionAt(record, at));
  return sessions;
}

/** The user's session of this token. */
export function sessionOf(record: string | undefined, tokenId: string): FoundSession | undefined {
  if (record === undefined) return undefined;
  for (let at = ringEnd(record); at < record.length; at = sessionEnd(record, at)) {
    if (record.startsWith(tokenId, at)) return sessionAt(record, at);
  }
  return undefined;
}

/** The record with other sessions. */
export function withSessions(record: string | undefined, sessions: readonly PackedSession[]): string {
  const writer = new PackedWriter();
  if (record === undefined) writer.byte(0).instant(0);
  else writer.text(record.slice(0, ringEnd(record)));
  for (const session of sessions) {
    writer.text(session.tokenId).instant(session.createdAt).instant(session.usedAt);
    if (session.unionId === null) writer.byte(0);
    else writer.byte(session.unionId.length + 1).text(session.unionId);
  }
  return writer.toString();
}

function sessionAt(record: string, at: number): FoundSession {
  const createdAt = at + ID_BYTES;
  const usedAtPlace = createdAt + INSTANT_BYTES;
  const hasUnionId = record.charCodeAt(at + SESSION_BYTES - 1) !== 0;
  return {
    tokenId: record.slice(at, createdAt),
    createdAt: readInstant(record, createdAt),
    usedAt: readInstant(record, usedAtPlace),
    usedAtPlace,
    unionId: hasUnionId ? record.slice(at + SESSION_BYTES, sessionEnd(record, at)) : null,
  };
}

function ringEnd(record: string): number {
  let at = RING_HEAD_BYTES;
  for (let keys = record.charCodeAt(0); keys > 0; keys -= 1) {
    at += KEY_BYTES + (record.charCodeAt(at + KEY_BYTES - 1) === 1 ? INSTANT_BYTES : 0);
  }
  return at;
}

function sessionEnd(record: string, at: number): number {
  return at + SESSION_BYTES + Math.max(0, record.charCodeAt(at + SESSION_BYTES - 1) - 1);
}
