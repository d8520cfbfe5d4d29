import type { History } from '../history.js';
import type { Violation } from './check.js';

/** Rule `calm`. */
export function calm({ entries, faults }: History): Violation[] {
  return entries
    .filter(({ told, invokedAt }) => {
      if (invokedAt < faults.calmFrom) return false;
      return told.told === 'nothing' || (told.told === 'refused' && told.code === 'SERVICE_UNAVAILABLE');
    })
    .map((entry) => ({ rule: 'calm', problem: 'no definite answer', entries: [entry] }));
}
