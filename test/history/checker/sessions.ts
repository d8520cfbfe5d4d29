import type { At, Entry, History } from '../history.js';
import type { Violation } from './check.js';
import { Elapsed, isWithin } from './elapsed.js';
import { isAccepted, isRejected, mayHaveEndedBy, type SessionLife, type Sessions, tokenOf } from './session-lives.js';

/** Rule `alive`. */
export function liveSessions(history: History, sessions: Sessions): Violation[] {
  return history.entries.flatMap((entry) => {
    const session = sessions.get(tokenOf(entry) ?? '');
    if (session === undefined || !isRejected(entry)) return [];
    if (mayHaveEndedBy(entry.returnedAt, session, history, sessions, entry)) return [];
    return [{ rule: 'alive', problem: 'a live session was rejected', entries: [entry] }];
  });
}

/** Rule `ended`. A kept answer to a login code is an acceptance, too. */
export function endedSessions(history: History, sessions: Sessions): Violation[] {
  const elapsed = new Elapsed(history.faults);
  const { idle, idleSlack, absolute, revokedWithin } = history.promised;
  return [...sessions.values()].flatMap((session) => {
    const ends = endsOf(session, history, sessions);
    return session.mentions.filter(isAccepted).flatMap((entry): Violation[] => {
      if (entry.told.told === 'login' && entry.told.token !== session.token) return [];
      const end = ends.find(({ returnedAt }) => entry.invokedAt > returnedAt + revokedWithin);
      if (end !== undefined) {
        return [{ rule: 'ended', problem: 'an ended session was accepted', entries: [end, entry] }];
      }
      const usedBy = session.mentions
        .filter((other) => other !== entry && other.invokedAt <= entry.returnedAt)
        .reduce((latest, { returnedAt }) => Math.max(latest, returnedAt), session.knownAt);
      const isExpired =
        elapsed.certainly(absolute, session.knownAt, entry.invokedAt) ||
        elapsed.certainly(idle + idleSlack, usedBy, entry.invokedAt);
      return isExpired ? [{ rule: 'ended', problem: 'an expired session was accepted', entries: [entry] }] : [];
    });
  });
}

/** The requests after whose answers a session has certainly ended. */
function endsOf(session: SessionLife, { entries, faults }: History, sessions: Sessions): Entry[] {
  return entries.filter((entry) => {
    const { asked, told, invokedAt, returnedAt } = entry;
    if (isWithin(returnedAt, faults.losses)) return false;
    if (tokenOf(entry) === session.token && (isRejected(entry) || asked.what === 'logout')) {
      return isRejected(entry) || told.told === 'ended';
    }
    if (told.told !== 'ended' || session.knownAt > invokedAt) return false;
    if (asked.what === 'end sessions') return asked.user === session.user;
    return (
      asked.what === 'logout' &&
      asked.everywhere &&
      told.sessions > 0 &&
      sessions.get(asked.token)?.user === session.user
    );
  });
}

/** Rule `per user`. A gateway that dies at a login leaves the ending of the oldest to the next one. */
export function sessionsPerUser({ promised, faults }: History, sessions: Sessions): Violation[] {
  if (faults.disturbances.length > 0) return [];
  const lives = [...sessions.values()].map((session) => {
    const last = session.mentions.findLast((entry) => isAccepted(entry) && tokenOf(entry) === session.token);
    return { session, last, from: session.knownAt + promised.revokedWithin, until: last?.invokedAt ?? -Infinity };
  });
  return lives.flatMap(({ session, from, last }): Violation[] => {
    if (last === undefined) return [];
    const others = lives.filter((life) => life.session.user === session.user && holds(life, from));
    if (others.length <= promised.perUser) return [];
    const entries = others.flatMap((life) => life.last ?? []);
    return [{ rule: 'per user', problem: `${others.length} sessions live at a time`, entries }];
  });
}

function holds({ from, until }: { readonly from: At; readonly until: At }, at: At): boolean {
  return from <= at && at < until;
}
