/**
 * What sessions take in the gateway's own memory: this many users log in at the store classes, each with a key of its own.
 * Run as a process of its own with --expose-gc. Argument: how many. Prints one line of JSON.
 */
import { randomBytes } from 'node:crypto';
import type { Token } from '../../src/crypto/token.js';
import { systemClock } from '../../src/domain/clock.js';
import type { User } from '../../src/domain/app.js';
import { SessionKey } from '../../src/domain/session-key.js';
import { learn } from '../../src/sessions/key-ring.js';
import { memoryUsers } from '../harness/memory-users.js';
import { APP_ID, person } from './people.js';

const clock = systemClock;
const count = Number(process.argv[2]);

const empty = usedBytes();
const withoutRings = await fill(false);
const withSessions = usedBytes();
const residentBefore = process.memoryUsage.rss();
const withRings = await fill(true);
const withBoth = usedBytes();
const residentBytes = process.memoryUsage.rss() - residentBefore;

// Asked after the measurements, so that nothing was collected before them.
for (const { sessions, rings, last, keys } of [withoutRings, withRings]) {
  const session = await sessions.find(last);
  if (session === undefined || (await rings.find(session)).length !== keys) throw new Error('They are lost.');
}

const sessionBytes = (withSessions - empty) / count;
process.stdout.write(
  `${JSON.stringify({
    count,
    sessionBytes,
    ringBytes: (withBoth - withSessions) / count - sessionBytes,
    residentBytes: residentBytes / count,
  })}\n`,
);

async function fill(hasRings: boolean) {
  const { sessions, rings } = memoryUsers(clock, { max: count });
  let last: Token | undefined;
  for (let i = 0; i < count; i += 1) {
    const { user, unionId, sessionKey } = arrival(i);
    const now = clock.now();
    const created = await sessions.create({ ...user, unionId }, (ring) =>
      hasRings ? learn(ring, sessionKey, now, now) : ring,
    );
    last = created.token;
  }
  if (last === undefined) throw new Error('Nobody logged in.');
  return { sessions, rings, last, keys: hasRings ? 1 : 0 };
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
