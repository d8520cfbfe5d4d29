import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds between two looks. */
const LOOK_EVERY = 10;

export interface Seen<T> {
  readonly value: T;
  /** Milliseconds until the look that saw it. */
  readonly after: number;
}

/** Looks again and again until what it sees is right; fails after `within` milliseconds, telling what it saw last. */
export async function until<T>(
  look: () => Promise<T> | T,
  isRight: (value: T) => boolean,
  within = 10_000,
): Promise<Seen<T>> {
  const began = performance.now();
  for (;;) {
    const value = await look();
    const after = Math.round(performance.now() - began);
    if (isRight(value)) return { value, after };
    if (after > within) throw new Error(`Still ${JSON.stringify(value)} after ${after} ms.`);
    await delay(LOOK_EVERY);
  }
}
