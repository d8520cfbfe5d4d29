import type { Session } from '../../src/domain/session.js';
import type { OpenId } from '../../src/domain/app.js';
import { GRAMMAR_WATCH_USERS, GrammarWatch } from '../../src/phones/grammar-watch.js';
import { learn } from '../../src/domain/key-ring.js';
import { encryptText } from '../harness/encrypted-phone.js';
import { parsedLines } from '../harness/log-lines.js';
import { ManualClock } from '../harness/manual-clock.js';
import { APP_ID, OTHER_APP_ID, sessionKey, user } from '../harness/people.js';
import { recordedLog } from '../harness/recorded-log.js';

const WATERMARK = `"watermark":{"timestamp":1477314187,"appid":"${APP_ID}"}`;
/** As Weixin may write it one day: one member more. */
const MOVED = `{"phoneNumber":"13580006666","purePhoneNumber":"13580006666","countryCode":"86","region":"GD",${WATERMARK}}`;
const key = sessionKey('current');

let clock: ManualClock;
let watch: GrammarWatch;
let lines: string[];
beforeEach(() => {
  clock = new ManualClock();
  const recorded = recordedLog();
  lines = recorded.lines;
  watch = new GrammarWatch(clock, recorded.log);
});

const session = (name: string, appId = APP_ID): Session => ({
  ...user(name, appId),
  id: name,
  unionId: null,
  createdAt: 0,
  expiresAt: Infinity,
});
const ring = learn([], { key, askedAt: 0, learnedAt: 1 });

function refuse(name: string, text = MOVED, { appId = APP_ID, under = key } = {}): void {
  watch.refused(session(name, appId), ring, encryptText(under, text));
}

/** What was refused so far is looked at, at the second look. */
function look(): void {
  watch.look();
  watch.look();
}

function refuseMany(users: number, text?: string): void {
  for (let i = 0; i < users; i += 1) refuse(`user-${i}`, text);
}

test(`${GRAMMAR_WATCH_USERS} users whose current key opens JSON with a watermark make one warning, with their app`, () => {
  refuseMany(GRAMMAR_WATCH_USERS + 5);
  look();
  refuseMany(GRAMMAR_WATCH_USERS + 5);
  look();
  const msg = expect.stringContaining('Weixin may have changed its format') as string;
  expect(parsedLines(lines)).toMatchObject([{ level: 40, appId: APP_ID, msg }]);
});

test('a document is not looked at before its answer is sent: at the second look', () => {
  refuseMany(GRAMMAR_WATCH_USERS);
  watch.look();
  expect(lines).toEqual([]);
  watch.look();
  expect(lines).toHaveLength(1);
});

test('users whose number no numbering plan has are counted with the others', () => {
  refuseMany(GRAMMAR_WATCH_USERS - 1);
  look();
  watch.impossible(session('user-0'));
  expect(lines).toEqual([]);
  watch.impossible(session('one more'));
  watch.impossible(session('and another'));
  expect(parsedLines(lines)).toMatchObject([{ level: 40, appId: APP_ID }]);
});

test('users who are counted before the first look stay counted', () => {
  for (let i = 1; i < GRAMMAR_WATCH_USERS; i += 1) watch.impossible(session(`user-${i}`));
  look();
  watch.impossible(session('one more'));
  expect(parsedLines(lines)).toHaveLength(1);
});

test('the warning quotes nothing of a document', () => {
  refuseMany(GRAMMAR_WATCH_USERS);
  look();
  for (const secret of ['13580006666', 'o-user', 'GD', key.revealText()]) expect(lines.join()).not.toContain(secret);
});

test.each<[what: string, refuseThem: () => void]>([
  ['one user fewer', () => refuseMany(GRAMMAR_WATCH_USERS - 1)],
  ['one user, many times', () => Array.from({ length: 100 }, () => refuse('mallory'))],
  [
    'users of two apps',
    () =>
      Array.from({ length: GRAMMAR_WATCH_USERS }, (_, i) =>
        refuse(`user-${i}`, MOVED, { appId: i % 2 === 0 ? APP_ID : OTHER_APP_ID }),
      ),
  ],
  [
    'JSON without a watermark',
    () => refuseMany(GRAMMAR_WATCH_USERS, `{"phoneNumber":"13580006666","countryCode":"86"}`),
  ],
  ['JSON that is no object', () => refuseMany(GRAMMAR_WATCH_USERS, 'null')],
  ['no JSON', () => refuseMany(GRAMMAR_WATCH_USERS, MOVED.slice(1))],
  [
    'data under another key than the current one',
    () =>
      Array.from({ length: GRAMMAR_WATCH_USERS }, (_, i) =>
        refuse(`user-${i}`, MOVED, { under: sessionKey('another') }),
      ),
  ],
])('no warning: %s', (_what, refuseThem) => {
  refuseThem();
  look();
  expect(lines).toEqual([]);
});

test('users who come within two hours are not taken together; after an hour there may be another warning', () => {
  refuseMany(GRAMMAR_WATCH_USERS - 1);
  look();
  clock.advanceSeconds(3600);
  refuse('one more');
  look();
  expect(lines).toEqual([]);
  refuseMany(GRAMMAR_WATCH_USERS);
  look();
  clock.advanceSeconds(3600);
  refuseMany(GRAMMAR_WATCH_USERS);
  look();
  expect(lines).toHaveLength(2);
});

test('of a flood only so many documents are looked at as cost no noticeable time', () => {
  for (let i = 0; i < 500; i += 1) refuse('mallory');
  refuseMany(GRAMMAR_WATCH_USERS);
  look();
  expect(lines).toEqual([]);
});

test('a user without a key is looked at too', () => {
  watch.refused({ ...session('nobody'), openId: 'o-nobody' as OpenId }, [], encryptText(key, MOVED));
  look();
  expect(lines).toEqual([]);
});
