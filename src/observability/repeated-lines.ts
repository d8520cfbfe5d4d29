import type { Milliseconds } from '../domain/clock.js';
import type { LogFields } from '../domain/log.js';

/** Shortest time between two written lines of a repetition. */
const PERIOD: Milliseconds = 60_000;
/** Distinct lines tracked at a time; a new one drops the oldest. */
const MAX_LINES = 1_000;

export interface RepeatedLinesOptions {
  /** A monotonic clock. */
  readonly now: () => Milliseconds;
  readonly schedule: (work: () => void, after: Milliseconds) => void;
}

type Write = (fields: LogFields, message: string) => void;

interface Line {
  readonly write: Write;
  readonly message: string;
  fields: LogFields;
  /** Repetitions since the line was last written. */
  repeated: number;
  writtenAt: Milliseconds;
}

/**
 * Keeps repeated lines about one fault from flooding the log: the first is written at once, the next ones are counted,
 * and once a minute the latest is written with their number in `repeated`. It applies to lines that name an endpoint of
 * Weixin or an app, with an errcode or a reason.
 */
export class RepeatedLines {
  readonly #options: RepeatedLinesOptions;
  readonly #lines = new Map<string, Line>();
  #isScheduled = false;

  constructor(options: RepeatedLinesOptions) {
    this.#options = options;
  }

  /** Writes the line, or counts it. */
  write(write: Write, fields: LogFields, message: string): void {
    const { appId, endpoint, errcode, reason } = fields;
    const isOfFault = errcode !== undefined || reason !== undefined;
    if (!isOfFault || (endpoint ?? appId) === undefined) return write(fields, message);
    const key = JSON.stringify([message, appId, endpoint, errcode, reason]);
    const line = this.#lines.get(key);
    if (line === undefined) {
      write(fields, message);
      this.#watch(key, { write, fields, message, repeated: 0, writtenAt: this.#options.now() });
      return;
    }
    line.fields = fields;
    line.repeated += 1;
    this.#schedule();
  }

  #watch(key: string, line: Line): void {
    const [oldest] = this.#lines.keys();
    if (oldest !== undefined && this.#lines.size >= MAX_LINES) this.#lines.delete(oldest);
    this.#lines.set(key, line);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#options.schedule(() => {
      this.#isScheduled = false;
      this.#tell();
      if (this.#lines.size > 0) this.#schedule();
    }, PERIOD);
  }

  /** Writes the counted lines, and forgets lines that were not repeated for a period. */
  #tell(): void {
    const now = this.#options.now();
    for (const [key, line] of this.#lines) {
      // Node's timers may fire up to a millisecond early.
      if (now - line.writtenAt + 1 < PERIOD) continue;
      if (line.repeated === 0) {
        this.#lines.delete(key);
      } else {
        line.write({ ...line.fields, repeated: line.repeated }, line.message);
        line.repeated = 0;
        line.writtenAt = now;
      }
    }
  }
}
