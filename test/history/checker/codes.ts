import type { Entry, History, WeixinCall } from '../history.js';
import type { Violation } from './check.js';
import { Elapsed, isWithin, overlaps } from './elapsed.js';
import { groupedBy, mayHaveEndedBy, type Sessions } from './session-lives.js';

/** Rule `once at Weixin`. */
export function codesAtWeixin({ weixin, promised, faults, entries }: History): Violation[] {
  const elapsed = new Elapsed(faults);
  return [...groupedBy(weixin, ({ code }) => code).values()].flatMap((calls) =>
    calls.slice(1).flatMap(({ at, code }, i): Violation[] => {
      const before = calls
        .slice(0, i + 1)
        .find(
          (call) =>
            call.outcome !== 'not used' &&
            !elapsed.possibly(promised.usedFor, call.at, at) &&
            !isWithin(call.at, faults.losses),
        );
      if (before === undefined) return [];
      const asking = entries.filter(({ asked }) => 'code' in asked && asked.code === code);
      return [{ rule: 'once at Weixin', problem: `a code came again after it was ${before.outcome}`, entries: asking }];
    }),
  );
}

/** Rule `replay`. */
export function replays(history: History, sessions: Sessions): Violation[] {
  const { entries, weixin } = history;
  const calls = groupedBy(weixin, ({ code }) => code);
  const byCode = groupedBy(entries, ({ asked }) => ('code' in asked ? asked.code : undefined));
  return [...byCode].flatMap(([code, asking]) => {
    const answered = calls.get(code)?.find(({ outcome }) => outcome === 'answered');
    return [
      ...differentAnswers(asking),
      ...asking
        .filter(({ asked }) => asked.what === 'login')
        .flatMap((entry) => refusedReplay(entry, asking, answered, history, sessions)),
      ...asking
        .filter(({ asked }) => asked.what === 'exchange')
        .flatMap((entry) => refusedTapReplay(entry, asking, answered, history, sessions)),
    ];
  });
}

/** The answers to a login code are one session, for one nonce. */
function differentAnswers(asking: readonly Entry[]): Violation[] {
  const logins = asking.filter(({ told }) => told.told === 'login');
  const tokens = new Set(logins.map(({ told }) => (told.told === 'login' ? told.token : '')));
  const nonces = new Set(logins.map(nonceOf));
  return [
    ...(tokens.size > 1 ? [{ rule: 'replay', problem: 'two sessions for one code', entries: logins } as const] : []),
    ...(nonces.size > 1 ? [{ rule: 'replay', problem: 'one code, two nonces', entries: logins } as const] : []),
  ];
}

/** A refusal where the session of the code had to be told again. */
function refusedReplay(
  entry: Entry,
  asking: readonly Entry[],
  answered: WeixinCall | undefined,
  history: History,
  sessions: Sessions,
): Violation[] {
  const { told, returnedAt, invokedAt } = entry;
  if (answered === undefined || told.told !== 'refused' || told.code === 'SERVICE_UNAVAILABLE') return [];
  const { promised, faults } = history;
  // What is answered for as long is kept from later on.
  if (new Elapsed(faults).possibly(promised.loginReplay, answered.at, returnedAt)) return [];
  const telling = asking.find((other) => other.told.told === 'login' && nonceOf(other) === nonceOf(entry));
  if (telling?.told.told === 'login') {
    const session = sessions.get(telling.told.token);
    if (session === undefined || mayHaveEndedBy(returnedAt, session, history, sessions, entry)) return [];
    // A limit may refuse one of several copies at the same time, and another one comes through.
    if (told.code === 'RATE_LIMITED' && telling.returnedAt > invokedAt) return [];
    return [{ rule: 'replay', problem: 'a live session was not told again', entries: [telling, entry] }];
  }
  // Nobody was told of it: only a gateway or a store that failed explains that, or a session that ended untold.
  const others = asking.filter((other) => other !== entry && nonceOf(other) !== nonceOf(entry));
  const isAlone = others.length === 0 && asking.length > 1;
  const began = Math.min(...asking.map((other) => other.invokedAt));
  if (!isAlone || told.code === 'RATE_LIMITED' || overlaps(began, returnedAt, faults.disturbances)) return [];
  const owner = history.issued.find(({ code }) => code === answered.code)?.user;
  const mayBeRevoked = history.entries.some(({ asked, invokedAt: at }) => {
    if (at > returnedAt) return false;
    if (asked.what === 'end sessions') return asked.user === owner;
    return asked.what === 'logout' && asked.everywhere && sessions.get(asked.token)?.user === owner;
  });
  const later = history.weixin.filter(({ code, at, outcome, kind }) => {
    if (kind !== 'login' || outcome !== 'answered' || code === answered.code || at > returnedAt) return false;
    return history.issued.some((one) => one.code === code && one.user === owner);
  });
  if (mayBeRevoked || later.length >= promised.perUser) return [];
  if (new Elapsed(faults).possibly(Math.min(promised.idle, promised.absolute), answered.at, returnedAt)) return [];
  return [{ rule: 'replay', problem: 'a session whose answer was lost was not told again', entries: asking }];
}

/** A refusal where the number of a tap had to be told again to its user. */
function refusedTapReplay(
  entry: Entry,
  asking: readonly Entry[],
  answered: WeixinCall | undefined,
  { promised, faults }: History,
  sessions: Sessions,
): Violation[] {
  const { told, returnedAt, invokedAt } = entry;
  if (answered === undefined || told.told !== 'refused') return [];
  if (told.code !== 'CODE_ALREADY_USED' && told.code !== 'CODE_INVALID') return [];
  if (new Elapsed(faults).possibly(promised.tapReplay, answered.at, returnedAt)) return [];
  const telling = asking.find(
    (other) =>
      other.told.told === 'number' &&
      other.returnedAt < invokedAt &&
      userOf(other, sessions) === userOf(entry, sessions),
  );
  if (telling === undefined || isWithin(telling.returnedAt, faults.losses)) return [];
  return [{ rule: 'replay', problem: 'a number was not told again', entries: [telling, entry] }];
}

function nonceOf({ asked }: Entry): string | null {
  return asked.what === 'login' ? asked.nonce : null;
}

function userOf({ asked }: Entry, sessions: Sessions): string | undefined {
  return 'token' in asked ? sessions.get(asked.token)?.user : undefined;
}
