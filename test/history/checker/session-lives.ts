import type { At, Entry, History, WeixinCall } from '../history.js';
import { Elapsed, isWithin } from './elapsed.js';

/** A session that a client was told of. */
export interface SessionLife {
  readonly token: string;
  readonly user: string;
  readonly code: string;
  /** It was created no earlier. */
  readonly createdAfter: At;
  /** A client knew of it by then. */
  readonly knownAt: At;
  /** Requests with its token, or with the code that it was created for, by the time of their asking. */
  readonly mentions: readonly Entry[];
}

/** Sessions by their tokens. */
export type Sessions = ReadonlyMap<string, SessionLife>;

export function readSessions({ entries, weixin, issued }: History): Sessions {
  const users = new Map(issued.map(({ code, user }) => [code, user]));
  const mentions = groupedBy(entries, mentionOf);
  const calls = groupedBy(weixin, ({ code }) => code);
  const sessions = new Map<string, SessionLife>();
  for (const { asked, told, returnedAt, invokedAt } of entries) {
    if (asked.what !== 'login' || told.told !== 'login') continue;
    const { token } = told;
    const { code } = asked;
    const known = sessions.get(token);
    sessions.set(token, {
      token,
      user: users.get(code) ?? told.user,
      code,
      createdAfter: calls.get(code)?.find(({ outcome }) => outcome === 'answered')?.at ?? invokedAt,
      knownAt: Math.min(known?.knownAt ?? Infinity, returnedAt),
      mentions: [...(mentions.get(token) ?? []), ...(mentions.get(code) ?? [])].sort(byInvocation),
    });
  }
  return sessions;
}

export function tokenOf({ asked }: Entry): string | undefined {
  return 'token' in asked ? asked.token : undefined;
}

/** Whether the answer shows that the token was accepted. */
export function isAccepted({ asked, told }: Entry): boolean {
  if (told.told === 'refused') {
    return !['NOT_LOGGED_IN', 'SERVICE_UNAVAILABLE'].includes(told.code) && asked.what !== 'login';
  }
  return told.told === 'ended' ? told.sessions > 0 : told.told !== 'nothing';
}

/** Whether the answer shows that the token was not accepted. */
export function isRejected({ asked, told }: Entry): boolean {
  return (
    (told.told === 'refused' && told.code === 'NOT_LOGGED_IN') ||
    (asked.what === 'logout' && told.told === 'ended' && told.sessions === 0)
  );
}

/** Whether a request may have ended this session, at some time. */
export function mayHaveRevoked({ asked, told }: Entry, { token, user }: SessionLife, sessions: Sessions): boolean {
  if (told.told === 'ended' && told.sessions === 0) return false;
  if (asked.what === 'end sessions') return asked.user === user;
  if (asked.what !== 'logout') return false;
  return asked.token === token || (asked.everywhere && sessions.get(asked.token)?.user === user);
}

/** Whether there is a way in which this session had ended by then. */
export function mayHaveEndedBy(
  at: At,
  session: SessionLife,
  { entries, weixin, issued, promised, faults }: History,
  sessions: Sessions,
  asking?: Entry,
): boolean {
  const elapsed = new Elapsed(faults);
  const { user, createdAfter, knownAt, mentions, token, code } = session;
  if (isWithin(knownAt, faults.losses) || elapsed.possibly(promised.absolute, createdAfter, at)) return true;
  const lastUse = mentions.findLast(
    (entry) => isAccepted(entry) && entry.asked.what !== 'login' && entry.returnedAt <= (asking?.invokedAt ?? at),
  );
  if (elapsed.possibly(promised.idle, lastUse?.invokedAt ?? createdAfter, at)) return true;
  if (entries.some((entry) => entry !== asking && entry.invokedAt <= at && mayHaveRevoked(entry, session, sessions))) {
    return true;
  }
  const codes = new Set(issued.filter((one) => one.user === user && one.code !== code).map((one) => one.code));
  const later = weixin.filter(
    (call) => mayHaveCreated(call) && codes.has(call.code) && call.at <= at && !isOlder(call),
  );
  return later.length >= promised.perUser;

  /** Whether the session of this call was known before this one was created. */
  function isOlder(call: WeixinCall): boolean {
    const told = [...sessions.values()].find((other) => other.code === call.code);
    return told !== undefined && told.token !== token && told.knownAt < createdAfter;
  }
}

/** Nothing is created if Weixin's answer was lost. */
function mayHaveCreated({ kind, outcome }: WeixinCall): boolean {
  return kind === 'login' && outcome === 'answered';
}

function mentionOf({ asked }: Entry): string | undefined {
  if ('token' in asked) return asked.token;
  return asked.what === 'login' ? asked.code : undefined;
}

const byInvocation = (a: Entry, b: Entry) => a.invokedAt - b.invokedAt;

export function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
