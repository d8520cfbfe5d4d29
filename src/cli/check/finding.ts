/** What one try of the check found. Holds no secret. */
export interface Finding {
  /** What was tried, e.g. "Redis 127.0.0.1:6379, commands". */
  readonly tried: string;
  readonly ok: boolean;
  /** What was found; without a full stop, if it is a part of a sentence. */
  readonly found: string;
  /** What to do, as sentences; with `ok` it is advice. */
  readonly remedy?: string;
  /** The Mini Programs for which this was found, if it was tried for each. */
  readonly appIds?: readonly string[];
}

export function passed(tried: string, found: string, advice?: string): Finding {
  return { tried, ok: true, found, ...(advice !== undefined && { remedy: advice }) };
}

export function failed(tried: string, found: string, remedy?: string): Finding {
  return { tried, ok: false, found, ...(remedy !== undefined && { remedy }) };
}
