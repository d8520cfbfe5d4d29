import { createLog } from '../../src/observability/log.js';
import type { Log } from '../../src/domain/log.js';

/** The real log, writing to an array: `lines` is every byte that an operator would see. */
export function recordedLog(): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  return { log: createLog('trace', { write: (line) => lines.push(line) }), lines };
}
