import { type Fingerprint, sessionKeyFingerprint } from '../../crypto/fingerprint.js';
import type { StoreSeal } from '../../crypto/store-seal.js';
import type { Instant } from '../../domain/clock.js';
import { type KeyRing, type LearnedKey, learn } from '../../domain/key-ring.js';
import { SessionKey } from '../../domain/session-key.js';

/*
 * A user's record in Redis: the logins of the user, one a line, the oldest first, each with its session and the key that it
 * brought. A login appends its line without reading the others; a reader makes the key ring of the lines. What older lines
 * came to is kept in one line of its own, the base.
 *
 *     R <version> <number of keys> <name of each key> <sealed ring>
 *     S <hash of the token> <end of the session> <version> [<name of the key> <sealed key>]
 *
 * without the spaces. The version of a login is the instant at which its session was created; that of the base is its last
 * login's. What is sealed is bound to its place and holds its version. Scripts read what is in the open: see scripts.ts.
 */

/** Characters of the hash of a token, of an instant in base 36, and of a key's name. */
const HASH = 43;
const INSTANT = 8;
const NAME = 22;
const WITHOUT_KEY = 1 + HASH + 2 * INSTANT;

/** A session on its user's list. */
export interface ListedSession {
  readonly hash: Fingerprint;
  /** Until then the session may live, unless it is revoked; 0 after that. */
  readonly endsAt: Instant;
  readonly version: Instant;
}

/** What a record tells in the open. */
export interface UserList {
  /** The oldest first. */
  readonly sessions: readonly ListedSession[];
  /** Logins whose keys are not in the base yet. */
  readonly keyLines: number;
  /** Whether a login is listed whose key is missing. */
  readonly lacksKeys: boolean;
}

/** What a record tells of the user's keys. */
export interface UserKeys {
  /** Without what was learned before a key that is missing: that key may have superseded it. */
  readonly ring: KeyRing;
  /** Version of the newest login that the ring knows. */
  readonly version: Instant;
  /** Whether the session with this id is on the list. */
  readonly lists: (session: string) => boolean;
}

/** The name under which failures with a key are counted: 132 bits of its fingerprint. */
export function keyName(key: SessionKey): string {
  return sessionKeyFingerprint(key).slice(0, NAME);
}

/** A line for a session without a key. */
export function sessionLine({ hash, endsAt, version }: ListedSession): string {
  return `S${hash}${written(endsAt)}${written(version)}\n`;
}

/** A line for a login. */
export function loginLine(seal: StoreSeal, user: string, session: ListedSession, learned: LearnedKey): string {
  const { key, askedAt, learnedAt } = learned;
  const sealed = seal.seal(
    place(user, session.hash),
    JSON.stringify([session.version, key.revealText(), askedAt, learnedAt]),
  );
  return `${sessionLine(session).slice(0, -1)}${keyName(key)}${sealed}\n`;
}

/** The record with these of its sessions, and all keys in the base. */
export function baseRecord(seal: StoreSeal, user: string, record: string, kept: readonly ListedSession[]): string {
  const { ring, version } = readKeys(seal, user, record);
  const last = Math.max(version, ...readList(record).sessions.map((session) => session.version));
  const keys = ring.map(({ key, askedAt, learnedAt, supersededAt }) => [
    key.revealText(),
    askedAt,
    learnedAt,
    supersededAt,
  ]);
  const names = ring.map(({ key }) => keyName(key)).join('');
  const base = `R${written(last)}${ring.length}${names}${seal.seal(user, JSON.stringify([last, ...keys]))}\n`;
  return base + kept.map(sessionLine).join('');
}

export function readList(record: string | null): UserList {
  const lines = linesOf(record);
  const base = lines[0]?.startsWith('R') === true ? parseInt(lines[0].slice(1, 1 + INSTANT), 36) : 0;
  const sessions = lines.filter(isSession).map(listedSession);
  const keyLines = lines.filter((line) => isSession(line) && hasKey(line)).length;
  const lacksKeys = lines.some((line) => isSession(line) && !hasKey(line) && listedSession(line).version > base);
  return { sessions, keyLines, lacksKeys };
}

/**
 * The keys of a record. One that does not open counts as missing.
 *
 * @param user name of the record
 */
export function readKeys(seal: StoreSeal, user: string, record: string | null): UserKeys {
  const lines = linesOf(record);
  const base = openBase(seal, user, lines[0] ?? '');
  const keys: (LearnedKey & { readonly version: Instant })[] = [];
  let lost: Instant = 0;
  for (const line of lines.filter(isSession)) {
    const session = listedSession(line);
    const learned = hasKey(line) ? openKey(seal, user, session, line) : undefined;
    if (learned !== undefined) keys.push({ ...learned, version: session.version });
    else if (session.version > base.version) lost = Math.max(lost, session.version);
  }
  return {
    ring: keys.filter(({ version }) => version > lost).reduce<KeyRing>(learn, lost > 0 ? [] : base.ring),
    version: Math.max(base.version, ...keys.map(({ version }) => version)),
    lists: (session) => record?.includes(`S${session}`) === true,
  };
}

function linesOf(record: string | null): readonly string[] {
  return record === null ? [] : record.split('\n');
}

function isSession(line: string): boolean {
  return line.startsWith('S') && line.length >= WITHOUT_KEY;
}

function hasKey(line: string): boolean {
  return line.length > WITHOUT_KEY + NAME;
}

function listedSession(line: string): ListedSession {
  const instants = 1 + HASH;
  return {
    hash: line.slice(1, instants) as Fingerprint,
    endsAt: parseInt(line.slice(instants, instants + INSTANT), 36),
    version: parseInt(line.slice(instants + INSTANT, WITHOUT_KEY), 36),
  };
}

function openKey(seal: StoreSeal, user: string, session: ListedSession, line: string): LearnedKey | undefined {
  const text = seal.open(place(user, session.hash), line.slice(WITHOUT_KEY + NAME));
  if (text === undefined) return undefined;
  const [version, keyText, askedAt, learnedAt] = JSON.parse(text) as [Instant, string, Instant, Instant];
  const key = SessionKey.parse(keyText);
  return key === undefined || version !== session.version ? undefined : { key, askedAt, learnedAt };
}

function openBase(seal: StoreSeal, user: string, line: string): { readonly ring: KeyRing; readonly version: Instant } {
  const text = line.startsWith('R')
    ? seal.open(user, line.slice(1 + INSTANT + 1 + NAME * Number(line[1 + INSTANT])))
    : undefined;
  if (text === undefined) return { ring: [], version: 0 };
  const [version, ...keys] = JSON.parse(text) as [Instant, ...[string, Instant, Instant, Instant | null][]];
  const ring = keys.flatMap(([keyText, askedAt, learnedAt, supersededAt]) => {
    const key = SessionKey.parse(keyText);
    return key === undefined ? [] : [{ key, askedAt, learnedAt, supersededAt }];
  });
  return { ring, version };
}

function place(user: string, hash: Fingerprint): string {
  return `${user}#${hash}`;
}

function written(instant: Instant): string {
  return Math.round(instant).toString(36).padStart(INSTANT, '0');
}
