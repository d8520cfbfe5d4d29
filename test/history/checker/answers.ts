import type { Entry, History } from '../history.js';
import type { Violation } from './check.js';
import { type Sessions, tokenOf } from './session-lives.js';

/** Rule `own answer`. */
export function answersToOthers({ entries, issued, promised }: History, sessions: Sessions): Violation[] {
  const codes = new Map(issued.map((code) => [code.code, code]));
  const codeOfToken = new Map<string, string>();
  const userOfTap = new Map<string, string>();
  return entries.flatMap((entry): Violation[] => {
    const { asked, told } = entry;
    const violation = (problem: string) => [{ rule: 'own answer', problem, entries: [entry] } as const];
    if (asked.what === 'login') {
      if (told.told !== 'login') return [];
      const known = codeOfToken.get(told.token) ?? asked.code;
      codeOfToken.set(told.token, asked.code);
      if (known !== asked.code) return violation('two codes gave the same token');
      return told.user === codes.get(asked.code)?.user ? [] : violation("a login gave another user's session");
    }
    const user = ownerOf(entry, sessions);
    if (told.told === 'session') return told.user === user ? [] : violation("another user's session was told");
    if (told.told !== 'number') return [];
    if (asked.what === 'decrypt') {
      const { document } = asked;
      if (!document.isGenuine) return violation('a forged document was opened');
      return document.user === user && document.number === told.number
        ? []
        : violation("another user's document was opened");
    }
    if (asked.what !== 'exchange' || user === undefined) return [];
    const tapped = codes.get(asked.code);
    if (!userOfTap.has(asked.code)) userOfTap.set(asked.code, promised.tapsAreBound ? (tapped?.user ?? '') : user);
    const isTheirs = userOfTap.get(asked.code) === user && tapped?.number === told.number;
    return isTheirs ? [] : violation("another user's number was told");
  });
}

function ownerOf(entry: Entry, sessions: Sessions): string | undefined {
  return sessions.get(tokenOf(entry) ?? '')?.user;
}
