/**
 * What sessions take in the gateway's own memory: this many users log in at the store classes, each with a key of its own;
 * and as many others, each of them twice.
 * Run as a process of its own with --expose-gc. Argument: how many. Prints one line of JSON.
 */
import { randomBytes } from 'node:crypto';
import type { Token } from '../../src/crypto/token.js';
import { systemClock } from '../../src/domain/clock.js';
import type { User } from '../../src/domain/app.js';
import { SessionKey } from '../../src/domain/session-key.js';
import { memoryUsers } from '../harness/memory-users.js';
import { APP_ID, person } from './people.js';

const clock = systemClock;
const count = Number(process.argv[2]);

const empty = usedBytes();
const residentBefore = process.memoryUsage.rss();
const once = await fill(1);
const withOnce = usedBytes();
const residentBytes = process.memoryUsage.rss() - residentBefore;
const twice = await fill(2);
const withTwice = usedBytes();

// Asked after the measurements, so that nothing was collected before them.
for (const { sessions, rings, last } of [once, twice]) {
  const session = await sessions.find(last);
  if (session === undefined || (await rings.find(session)).length !== 1) throw new Error('They are lost.');
}

const perUser = (withOnce - empty) / count;
// A second session of a user has no ring of its own.
const sessionBytes = (withTwice - withOnce) / count - perUser;
process.stdout.write(
  `${JSON.stringify({
    count,
    sessionBytes,
    ringBytes: perUser - sessionBytes,
    residentBytes: residentBytes / count,
  })}\n`,
);

/** @param logins of each user */
async function fill(logins: number) {
  const { sessions, rings } = memoryUsers(clock, { max: logins * count });
  let last: Token | undefined;
  for (let i = 0; i < count; i += 1) {
    const { user, unionId, sessionKey } = arrival(i);
    const now = clock.now();
    for (let login = 0; login < logins; login += 1) {
      last = (await sessions.create({ ...user, unionId }, { key: sessionKey, askedAt: now, learnedAt: now })).token;
    }
  }
  if (last === undefined) throw new Error('Nobody logged in.');
  return { sessions, rings, last };
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
