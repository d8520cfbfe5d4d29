import type { Log, LogFields } from '../../domain/log.js';

/** A log that keeps why the last answer of each Mini Program was lost, and nothing else. */
export class LostAnswers implements Log {
  readonly #reasons = new Map<string, string>();

  info(): void {
    // Nothing of it is reported.
  }

  warn({ appId, reason }: LogFields): void {
    if (appId !== undefined && reason !== undefined) this.#reasons.set(appId, reason);
  }

  error(fields: LogFields): void {
    this.warn(fields);
  }

  /** In a word, such as ECONNREFUSED; undefined if the log did not tell. */
  reasonFor(appId: string): string | undefined {
    return this.#reasons.get(appId);
  }

  forget(appId: string): void {
    this.#reasons.delete(appId);
  }
}
