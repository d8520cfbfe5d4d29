/**
 * What sessions take in the gateway's own memory: this many users log in at the store classes, each with a key of its own.
 * Run as a process of its own with --expose-gc. Argument: how many. Prints one line of JSON.
 */
import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { newToken, tokenHash } from '../../src/crypto/token.js';
import type { User } from '../../src/domain/app.js';
import { systemClock } from '../../src/domain/clock.js';
import { SessionKey } from '../../src/domain/session-key.js';
import { learn } from '../../src/sessions/key-ring.js';
import { MemoryKeyRingStore } from '../../src/stores/memory/memory-key-ring-store.js';
import { MemorySessionStore } from '../../src/stores/memory/memory-session-store.js';
import { UserRecords } from '../../src/stores/memory/user-records.js';
import { APP_ID, person } from './people.js';

const clock = systemClock;
const count = Number(process.argv[2]);
// Room for a little more, so that no shard drops what the next step looks for.
const max = Math.ceil(count * 1.05);
const users = new UserRecords(max);
const options = {
  clock,
  users,
  max,
  keep: 604_800_000,
  perUser: 10,
  idle: 7_200_000,
  absolute: 604_800_000,
};
const sessions = new MemorySessionStore(options);
const rings = new MemoryKeyRingStore(options);
const empty = usedBytes();
const residentEmpty = process.memoryUsage.rss();

for (let i = 0; i < count; i += 1) {
  const { user, unionId } = arrival(i);
  await sessions.create(tokenHash(newToken()), { ...user, unionId });
}
const withSessions = usedBytes();

for (let i = 0; i < count; i += 1) {
  const { user, sessionKey } = arrival(i);
  const now = clock.now();
  await rings.update(user, (ring) => learn(ring, sessionKey, now, now));
}
const withRings = usedBytes();

const residentBytes = process.memoryUsage.rss() - residentEmpty;
// Asked after the measurements, so that nothing was collected before them.
const { user: last } = arrival(count - 1);
if ((await sessions.revokeAll(last)) !== 1 || (await rings.find(last)).length !== 1) throw new Error('They are lost.');

process.stdout.write(
  `${JSON.stringify({
    count,
    lruBytes: lruBytes(),
    sessionBytes: (withSessions - empty) / count,
    ringBytes: (withRings - withSessions) / count,
    residentBytes: residentBytes / count,
  })}\n`,
);

/** What lru-cache takes for an entry of a session and one of a user, their keys and values aside: its tables, all in use. */
function lruBytes(): number {
  const before = usedBytes();
  const caches = Array.from({ length: 128 }, () => new LRUCache<number, true>({ max: Math.ceil(max / 64) }));
  for (let i = 0; i < count; i += 1) for (const half of [0, 64]) caches[half + (i % 64)]?.set(i, true);
  const bytes = (usedBytes() - before) / count;
  if (caches[0]?.size === 0) throw new Error('Nothing was kept.');
  return bytes;
}

/** As code2Session's answer makes it: texts cut out of a parsed JSON text, the app's own id always the same one. */
function arrival(i: number): { user: User; unionId: string; sessionKey: SessionKey } {
  const { openId, unionId } = person(`stored-${i}`);
  const text = JSON.stringify({ openid: openId, unionid: unionId, session_key: randomBytes(16).toString('base64') });
  const parsed = JSON.parse(text) as { openid: string; unionid: string; session_key: string };
  const user = { appId: APP_ID, openId: parsed.openid } as unknown as User;
  const sessionKey = SessionKey.parse(parsed.session_key);
  if (sessionKey === undefined) throw new Error('This is no session key.');
  return { user, unionId: parsed.unionid, sessionKey };
}

function usedBytes(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
