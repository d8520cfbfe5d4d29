/**
 * Result of an operation with expected failures. Expected failures are values; only bugs, a lost store and a
 * misconfiguration of the gateway are thrown.
 */
export type Result<T, F> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: F };

export function succeed<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function fail<const F>(failure: F): { readonly ok: false; readonly failure: F } {
  return { ok: false, failure };
}
