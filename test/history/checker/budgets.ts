import type { Milliseconds } from '../../../src/domain/clock.js';
import type { At, Entry, History, WeixinCall } from '../history.js';
import type { Violation } from './check.js';
import { Elapsed, isWithin, overlaps } from './elapsed.js';
import { groupedBy, type Sessions, tokenOf } from './session-lives.js';

/** Something that was counted at some time between two instants. */
interface Counted {
  readonly from: At;
  readonly until: At;
  readonly entry?: Entry;
}

/** Rule `limit`. */
export function exceededLimits(history: History, sessions: Sessions): Violation[] {
  const { entries, weixin, issued, promised, faults } = history;
  const elapsed = new Elapsed(faults);
  const users = new Map(issued.map(({ code, user }) => [code, user]));
  const exceeds = ({ what, limit, window, counted, openers }: Limit): Violation[] => {
    const kept = counted.filter(({ from }) => !isWithin(from, faults.losses));
    const most = exceeded({ counted: kept, openers, limit, window }, elapsed);
    if (most === undefined) return [];
    const problem = `${most.length} ${what} in a window, where ${limit} are allowed`;
    return [{ rule: 'limit', problem, entries: most.flatMap(({ entry }) => entry ?? []) }];
  };
  const at = (entry: Entry): Counted => ({ from: entry.invokedAt, until: entry.returnedAt, entry });
  const arrivals = (kind: WeixinCall['kind']) =>
    weixin
      .filter((call) => call.kind === kind && call.outcome !== 'not used')
      .map((call) => ({ code: call.code, from: firstAsked(entries, call.code), until: call.at }));

  /** Without keys there is no try, but the same answer: the ring may have expired while the request was under way. */
  const hadKeys = (entry: Entry) => {
    const createdAfter = sessions.get(tokenOf(entry) ?? '')?.createdAfter ?? -Infinity;
    return !elapsed.possibly(promised.absolute, createdAfter, entry.returnedAt);
  };

  const decryptions = groupedBy(entries, (entry) =>
    entry.asked.what === 'decrypt' ? userOf(entry, sessions) : undefined,
  );
  const exchanges = groupedBy(entries, (entry) =>
    entry.asked.what === 'exchange' ? userOf(entry, sessions) : undefined,
  );
  const codesOfOthers = (user: string) =>
    [...exchanges].flatMap(([other, asking]) => (other === user ? [] : asking.map(codeOf)));
  return [
    ...[...decryptions].flatMap(([user, tries]) => {
      // A try counts for every key of the ring that has failures left; which those were is not told.
      const keys = new Set(weixin.filter(({ code }) => users.get(code) === user).flatMap(({ key }) => key ?? []));
      return exceeds({
        what: 'failures',
        limit: promised.failureLimit * Math.max(1, keys.size),
        window: promised.failureWindow,
        counted: tries.filter((entry) => isFailedTry(entry) && hadKeys(entry)).map(at),
        openers: tries.map(at),
      });
    }),
    ...exceeds({
      what: 'login codes at Weixin',
      limit: promised.loginLimit,
      window: promised.rateWindow,
      counted: arrivals('login'),
      openers: entries.filter(({ asked }) => asked.what === 'login').map(at),
    }),
    ...[...exchanges].flatMap(([user, asking]) =>
      exceeds({
        what: 'phone codes at Weixin',
        limit: promised.weixinLimit,
        window: promised.rateWindow,
        // Whose session sent a code that several users asked for is not seen at Weixin.
        counted: arrivals('tap').filter(({ code }) => codesOfOthers(user).every((other) => other !== code)),
        openers: asking.map(at),
      }),
    ),
  ];
}

/** Rule `limit too early`: a try that is under way, or right, refuses no other one. */
export function refusedTooEarly(history: History, sessions: Sessions): Violation[] {
  return history.entries.flatMap((entry): Violation[] => {
    const { asked, told } = entry;
    if (asked.what !== 'decrypt' || told.told !== 'refused' || told.code !== 'RATE_LIMITED') return [];
    const failures = possibleFailures(entry, history, sessions);
    if (failures >= history.promised.failureLimit) return [];
    return [{ rule: 'limit too early', problem: `after ${failures} failures`, entries: [entry] }];
  });
}

/** How many tries of the same user may have been counted as failed when this one was made, under each of their keys. */
export function possibleFailures(entry: Entry, { entries, promised, faults }: History, sessions: Sessions): number {
  const elapsed = new Elapsed(faults);
  const user = userOf(entry, sessions);
  return entries.filter((other) => {
    if (other === entry || other.asked.what !== 'decrypt' || userOf(other, sessions) !== user) return false;
    if (other.invokedAt > entry.returnedAt) return false;
    if (elapsed.certainly(promised.failureWindow, other.returnedAt, entry.invokedAt)) return false;
    const mayBeLost = overlaps(other.invokedAt, other.returnedAt, faults.disturbances);
    return mayBeLost || other.told.told === 'nothing' || isFailedTry(other) || isUnavailable(other);
  }).length;
}

interface Limit {
  readonly what: string;
  readonly limit: number;
  readonly window: Milliseconds;
  readonly counted: readonly Counted[];
  /** What may have opened a window: whatever was counted, and what may have been. */
  readonly openers: readonly Counted[];
}

/**
 * A number of things that no order of counting in windows explains. A window opens with the first thing that is counted after
 * the end of the one before, so any time as long as a window touches at most two.
 */
function exceeded(
  { counted, openers, limit, window }: Omit<Limit, 'what'>,
  elapsed: Elapsed,
): readonly Counted[] | undefined {
  for (const first of counted) {
    const within = counted.filter(({ from, until }) => {
      return from >= first.from && !elapsed.possibly(window, first.from, until);
    });
    const isFirst = openers.every(({ from, until }) => {
      return from >= first.from || elapsed.certainly(window, until, first.from);
    });
    if (within.length > (isFirst ? limit : 2 * limit)) return within;
  }
  return undefined;
}

function codeOf({ asked }: Entry): string {
  return 'code' in asked ? asked.code : '';
}

function firstAsked(entries: readonly Entry[], code: string): At {
  const asking = entries.filter((entry) => codeOf(entry) === code);
  return Math.min(...asking.map(({ invokedAt }) => invokedAt));
}

/** A try that was made, and failed. */
function isFailedTry({ asked, told }: Entry): boolean {
  return asked.what === 'decrypt' && told.told === 'refused' && told.code === 'KEY_MISMATCH';
}

function isUnavailable({ told }: Entry): boolean {
  return told.told === 'refused' && told.code === 'SERVICE_UNAVAILABLE';
}

function userOf(entry: Entry, sessions: Sessions): string | undefined {
  return sessions.get(tokenOf(entry) ?? '')?.user;
}
