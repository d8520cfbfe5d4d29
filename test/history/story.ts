import { check } from './checker/check.js';
import type { History } from './history.js';
import { Transcript } from './transcript.js';

/** The promises that a history breaks, and all that happened in it; undefined if it breaks none. */
export function story(history: History, replay: string): string | undefined {
  const violations = check(history);
  if (violations.length === 0) return undefined;
  const transcript = new Transcript(history);
  const broken = violations.map((violation) => transcript.violation(violation));
  return [`Again: ${replay}`, ...broken, '', ...transcript.lines()].join('\n');
}
