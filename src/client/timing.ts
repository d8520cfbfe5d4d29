/** Milliseconds. */
export type Milliseconds = number;

/** How the client waits; the Mini Program's own setTimeout and clearTimeout, unless a test brings others. */
export interface Timer {
  setTimeout(run: () => void, delay: Milliseconds): unknown;
  clearTimeout(timeout: unknown): void;
  /** Any clock. */
  now(): Milliseconds;
}

declare function setTimeout(run: () => void, delay: Milliseconds): unknown;
declare function clearTimeout(timeout: unknown): void;

export const systemTimer: Timer = {
  setTimeout: (run, delay) => setTimeout(run, delay),
  clearTimeout: (timeout) => clearTimeout(timeout),
  now: () => Date.now(),
};

/** What takes longer is for the page to tell its user. */
export const LONGEST_WAIT: Milliseconds = 5_000;

/** Anything that the client answers. */
export interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly remedy?: string;
  readonly retryAfterSeconds?: number | null;
}

/**
 * Runs once more where the answer says RETRY_LATER, after the seconds that it names, or one. Up to a quarter more, by
 * chance: the phones that met a restarting gateway would otherwise all come back at the same moment.
 */
export async function repeatOnce<T extends Answer>(timer: Timer, run: () => Promise<T>): Promise<T> {
  const first = await run();
  const delay = (first.retryAfterSeconds || 1) * 1000;
  if (first.remedy !== 'RETRY_LATER' || delay > LONGEST_WAIT) return first;
  await new Promise<void>((resolve) => timer.setTimeout(resolve, delay * (1 + Math.random() / 4)));
  return run();
}
