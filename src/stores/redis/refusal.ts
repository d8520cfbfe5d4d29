import { ErrorReply } from 'redis';

/** What a server refused, and the first word of what it said, such as OOM. */
export interface Refusal {
  readonly command: string;
  readonly word: string;
}

/** This node is no master any more, or does not know this user any more: another connection may lead to one that does. */
const ELSEWHERE = new Set(['READONLY', 'MASTERDOWN', 'NOAUTH', 'WRONGPASS']);

/** The word by which a server refused a command; undefined if it did not, or only found another type of value. */
export function refusedWith(error: unknown): string | undefined {
  if (!(error instanceof ErrorReply)) return undefined;
  const { message } = error;
  // Redis 6.2 wraps what a command in a script was refused with.
  const word = /^ERR Error running script.*-([A-Z]{2,20}) /.exec(message)?.[1] ?? firstWord(message);
  if (word === 'WRONGTYPE') return undefined;
  return /unknown command/i.test(message) ? 'UNKNOWN_COMMAND' : word;
}

/** Redis begins its refusals with such a word: WRONGPASS, OOM. The rest of a message may hold a key or an address. */
export function firstWord(message: string): string {
  return /^[A-Z]{2,20}(?= |$)/.exec(message)?.[0] ?? 'unknown';
}

/** The command is not there, or not for this user: nothing that the gateway does can be relied on. */
export function isMissing(word: string): boolean {
  return word === 'UNKNOWN_COMMAND' || word === 'NOPERM';
}

export function isElsewhere(word: string): boolean {
  return ELSEWHERE.has(word);
}

/** Why a connection was lost or did not come about, for the log. */
export function reasonOf(error: unknown): string {
  const { code, message = '' } = error as { code?: unknown; message?: string };
  if (error instanceof ErrorReply) return refusedWith(error) ?? 'unknown';
  return typeof code === 'string' ? code : firstWord(message);
}
