import type { Entry, History } from '../history.js';
import { answersToOthers } from './answers.js';
import { exceededLimits, refusedTooEarly } from './budgets.js';
import { calm } from './calm.js';
import { codesAtWeixin, replays } from './codes.js';
import { readSessions } from './session-lives.js';
import { endedSessions, liveSessions, sessionsPerUser } from './sessions.js';
import { newestKeys } from './keys.js';

/** What each rule of the checker guards. */
export const RULES = {
  alive: 'an acknowledged session works until it expires, is pushed out or is revoked',
  'newest key': "a document under the user's newest key opens",
  ended: 'an ended session is accepted nowhere, from a second after its end',
  'per user': 'a user has no more sessions than they may have',
  'once at Weixin': 'a code reaches Weixin once, unless Weixin did not use it',
  replay: 'a repeated code gives the same session',
  'own answer': "one user's answer goes to no other",
  limit: 'no more is tried than the limits allow',
  'limit too early': 'nothing is refused by a limit that is not reached',
  calm: 'when nothing is broken, every request gets a definite answer',
} as const;

export type Rule = keyof typeof RULES;

/** A broken promise. */
export interface Violation {
  readonly rule: Rule;
  readonly problem: string;
  /** The entries that show it. */
  readonly entries: readonly Entry[];
}

/** The promises that a history breaks; it is only told to be broken if no order of what happened explains it. */
export function check(history: History): readonly Violation[] {
  const sessions = readSessions(history);
  return [
    ...liveSessions(history, sessions),
    ...newestKeys(history, sessions),
    ...endedSessions(history, sessions),
    ...sessionsPerUser(history, sessions),
    ...codesAtWeixin(history),
    ...replays(history, sessions),
    ...answersToOthers(history, sessions),
    ...exceededLimits(history, sessions),
    ...refusedTooEarly(history, sessions),
    ...calm(history),
  ];
}
