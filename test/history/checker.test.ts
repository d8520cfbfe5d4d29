import { check, type Rule } from './checker/check.js';
import {
  type Asked,
  type Entry,
  type History,
  NO_FAULTS,
  type SentDocument,
  type Told,
  type WeixinCall,
} from './history.js';

const PROMISED: History['promised'] = {
  idle: 60_000,
  idleSlack: 0,
  absolute: 600_000,
  perUser: 2,
  loginReplay: 10_000,
  tapReplay: 60_000,
  tapsAreBound: true,
  usedFor: 300_000,
  revokedWithin: 1_000,
  failureLimit: 2,
  failureWindow: 60_000,
  loginLimit: 10,
  weixinLimit: 10,
  rateWindow: 60_000,
};

const LOST = Infinity;
const document: SentDocument = { user: 'alice', number: '+8613800131000', key: 1, isGenuine: true };
const forged: SentDocument = { user: 'nobody', number: '', key: 0, isGenuine: false };
const refused = (code: Extract<Told, { told: 'refused' }>['code']): Told => ({ told: 'refused', code });
const REJECTED = refused('NOT_LOGGED_IN');
const ALICE: Told = { told: 'session', user: 'alice' };

const entry = (invokedAt: number, returnedAt: number, asked: Asked, told: Told): Entry => {
  return { gateway: 'gateway 1', invokedAt, returnedAt, asked, told };
};
const login = (at: number, code = 'alice 1', told?: Told, nonce: string | null = null): Entry =>
  entry(
    at,
    at + 10,
    { what: 'login', code, nonce },
    told ?? { told: 'login', token: `token of ${code}`, user: 'alice' },
  );
const use = (at: number, told: Told, until = at + 10): Entry =>
  entry(at, until, { what: 'session', token: 'token of alice 1' }, told);
const logout = (at: number, told: Told, until = at + 10): Entry =>
  entry(at, until, { what: 'logout', token: 'token of alice 1', everywhere: false }, told);
const decrypt = (at: number, told: Told, sent = forged, until = at + 10): Entry =>
  entry(at, until, { what: 'decrypt', token: 'token of alice 1', document: sent }, told);
const call = (at: number, outcome: WeixinCall['outcome'] = 'answered', code = 'alice 1'): WeixinCall => {
  return { kind: 'login', code, at, outcome, key: 1 };
};
const ENDED: Told = { told: 'ended', sessions: 1 };

interface Row {
  readonly what: string;
  readonly entries: readonly Entry[];
  readonly weixin?: readonly WeixinCall[];
  readonly faults?: Partial<History['faults']>;
  readonly broken?: Rule;
}

const rows: readonly Row[] = [
  { what: 'a session that is used', entries: [login(0), use(100, ALICE)] },
  { what: 'a session that is rejected', entries: [login(0), use(100, REJECTED)], broken: 'alive' },
  { what: 'one that is rejected after a logout', entries: [login(0), logout(50, ENDED), use(100, REJECTED)] },
  {
    what: 'one that is rejected while a logout whose answer was lost may still act',
    entries: [login(0), logout(50, { told: 'nothing' }, LOST), use(9_000, REJECTED)],
  },
  {
    what: 'one that is rejected before a logout',
    entries: [login(0), use(50, REJECTED), logout(100, ENDED)],
    broken: 'alive',
  },
  { what: 'one that has not been used for too long', entries: [login(0), use(60_001, REJECTED)] },
  {
    what: 'one that was used meanwhile',
    entries: [login(0), use(30_000, ALICE), use(60_001, REJECTED)],
    broken: 'alive',
  },
  {
    what: 'one that expired by a clock that was put forward',
    entries: [login(0), use(30_000, REJECTED)],
    faults: { clockSteps: [{ at: 20_000, by: 40_000 }] },
  },
  {
    what: 'one that made room for two later ones',
    entries: [login(0), login(100, 'alice 2'), login(200, 'alice 3'), use(300, REJECTED)],
    weixin: [call(5), call(105, 'answered', 'alice 2'), call(205, 'answered', 'alice 3')],
  },
  {
    what: 'one that made room for one later one',
    entries: [login(0), login(100, 'alice 2'), use(300, REJECTED)],
    weixin: [call(5), call(105, 'answered', 'alice 2')],
    broken: 'alive',
  },
  {
    what: 'one that was acknowledged before a failover lost what it had',
    entries: [login(0), use(100, REJECTED)],
    faults: { losses: [{ from: 0, until: 50 }] },
  },
  { what: 'a use within a second of the logout', entries: [login(0), logout(50, ENDED), use(1_060, ALICE)] },
  { what: 'a use later than that', entries: [login(0), logout(50, ENDED), use(1_061, ALICE)], broken: 'ended' },
  {
    what: 'a use that was asked in time and answered late',
    entries: [login(0), logout(50, ENDED), use(900, ALICE, 5_000)],
  },
  { what: 'a use of an expired session', entries: [login(0), use(60_011, ALICE)], broken: 'ended' },
  {
    what: 'a repeated code that gives a session that was revoked',
    entries: [login(0), logout(50, ENDED), login(2_000)],
    broken: 'ended',
  },
  { what: 'a repeated code that gives the same session', entries: [login(0), login(5_000)] },
  {
    what: 'a repeated code that is refused',
    entries: [login(0), login(5_000, 'alice 1', refused('CODE_ALREADY_USED'))],
    broken: 'replay',
  },
  { what: 'one that is refused later', entries: [login(0), login(9_996, 'alice 1', refused('CODE_ALREADY_USED'))] },
  {
    what: 'one whose first answer was lost',
    entries: [login(0, 'alice 1', { told: 'nothing' }), login(5_000, 'alice 1', refused('CODE_ALREADY_USED'))],
    broken: 'replay',
  },
  {
    what: 'one whose first gateway died',
    entries: [login(0, 'alice 1', { told: 'nothing' }), login(5_000, 'alice 1', refused('CODE_ALREADY_USED'))],
    faults: { disturbances: [{ from: 0, until: 100 }] },
  },
  {
    what: 'one that gives another session',
    entries: [login(0), login(5_000, 'alice 1', { told: 'login', token: 'another', user: 'alice' })],
    broken: 'replay',
  },
  {
    what: 'one with another nonce that is answered',
    entries: [login(0), login(50, 'alice 1', undefined, 'n')],
    broken: 'replay',
  },
  { what: 'a code at Weixin again after -1', entries: [login(0), login(50)], weixin: [call(5, 'not used'), call(55)] },
  {
    what: 'a code at Weixin again after silence',
    entries: [login(0)],
    weixin: [call(1, 'lost'), call(5)],
    broken: 'once at Weixin',
  },
  {
    what: 'a code at Weixin again when it is forgotten',
    entries: [login(0)],
    weixin: [call(5), call(300_006, 'refused')],
  },
  {
    what: "another user's session",
    entries: [login(0), use(50, { told: 'session', user: 'bob' })],
    broken: 'own answer',
  },
  {
    what: "another user's login",
    entries: [login(0, 'bob 1')],
    weixin: [call(5, 'answered', 'bob 1')],
    broken: 'own answer',
  },
  {
    what: "another user's document",
    entries: [
      login(0),
      decrypt(50, { told: 'number', number: 'of bob' }, { ...document, user: 'bob', number: 'of bob' }),
    ],
    broken: 'own answer',
  },
  { what: 'a forged document', entries: [login(0), decrypt(50, { told: 'number', number: '' })], broken: 'own answer' },
  {
    what: 'a document under the newest key that is rejected',
    entries: [login(0), decrypt(50, refused('KEY_MISMATCH'), document)],
    broken: 'newest key',
  },
  {
    what: 'two failures',
    entries: [login(0), decrypt(20, refused('KEY_MISMATCH')), decrypt(40, refused('KEY_MISMATCH'))],
  },
  {
    what: 'three failures, where two are allowed',
    entries: [login(0), ...[20, 40, 60].map((at) => decrypt(at, refused('KEY_MISMATCH')))],
    broken: 'limit',
  },
  {
    what: 'three failures, one of which may be in the next window',
    entries: [
      login(0),
      ...[20, 40].map((at) => decrypt(at, refused('KEY_MISMATCH'))),
      decrypt(50_000, refused('KEY_MISMATCH'), forged, 60_100),
    ],
  },
  {
    what: 'a limit after one failure',
    entries: [login(0), decrypt(20, refused('KEY_MISMATCH')), decrypt(40, refused('RATE_LIMITED'))],
    broken: 'limit too early',
  },
  {
    what: 'no definite answer when all is calm',
    entries: [login(0), use(50, refused('SERVICE_UNAVAILABLE'))],
    faults: { calmFrom: 40 },
    broken: 'calm',
  },
];

test.each([...rows])('$what breaks: $broken', ({ entries, weixin = [call(5)], faults = {}, broken }) => {
  const issued = ['alice 1', 'alice 2', 'alice 3', 'bob 1'].map((code) => {
    return { code, kind: 'login', user: code.split(' ')[0] ?? '' } as const;
  });
  const history = { entries, weixin, issued, promised: PROMISED, faults: { ...NO_FAULTS, ...faults } };
  expect(check(history).map(({ rule }) => rule)).toEqual(broken === undefined ? [] : [broken]);
});
