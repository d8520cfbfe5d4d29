import type { History } from '../history.js';
import { possibleFailures } from './budgets.js';
import type { Violation } from './check.js';
import { Elapsed } from './elapsed.js';
import type { Sessions } from './session-lives.js';

/**
 * Rule `newest key`. Only where nobody's clock was stepped: which of two keys is newer is told by the clock, and a step ends
 * with a login.
 */
export function newestKeys(history: History, sessions: Sessions): Violation[] {
  const { entries, weixin, issued, promised, faults } = history;
  if (faults.clockSteps.length > 0 || faults.losses.length > 0) return [];
  const elapsed = new Elapsed(faults);
  const users = new Map(issued.map(({ code, user }) => [code, user]));
  return entries.flatMap((entry): Violation[] => {
    const { asked, told, invokedAt, returnedAt } = entry;
    if (asked.what !== 'decrypt' || told.told !== 'refused' || told.code !== 'KEY_MISMATCH') return [];
    const { document, token } = asked;
    if (!document.isGenuine || sessions.get(token)?.user !== document.user) return [];
    const calls = weixin.filter(({ code, kind, at }) => {
      return kind === 'login' && users.get(code) === document.user && at <= returnedAt;
    });
    // Codes may reach Weixin in another order than they were issued in: the order in which they do is taken for that of keys.
    const learnedAt = calls.findLast(({ key }) => key === document.key)?.at ?? -Infinity;
    const isNewest = calls.every(({ key = 0, at }) => key === document.key || (key < document.key && at < learnedAt));
    const isKnown = [...sessions.values()].some(
      ({ code, knownAt }) =>
        knownAt <= invokedAt &&
        calls.some((call) => {
          // The ring may have expired while the request was under way.
          const isKept = !elapsed.possibly(promised.absolute, call.at, returnedAt);
          return call.code === code && call.key === document.key && isKept;
        }),
    );
    if (!isNewest || !isKnown) return [];
    // A key without failures left is not tried, and an older one may be.
    if (possibleFailures(entry, history, sessions) >= promised.failureLimit) return [];
    return [{ rule: 'newest key', problem: 'a document under the newest key was rejected', entries: [entry] }];
  });
}
