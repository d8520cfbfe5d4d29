import type { Fingerprint } from '../crypto/fingerprint.js';
import type { Milliseconds } from '../domain/clock.js';

/**
 * Work that is done once for each id, for all who ask: single flight while it runs, its answer
 * again for a while afterwards, and then the memory that the id was used.
 *
 * Guarantees of every implementation: of all who claim an id at a time one gets `mine`, and the others wait for what it
 * settles; an expired answer is not given; only StoreUnavailable is thrown.
 */
export interface Once {
  /** @param alongside called if the id has to be asked for elsewhere: what it asks there shares the round trip */
  claim(id: Fingerprint, alongside?: () => void): Promise<Claim>;
}

export type Claim =
  /** The caller does the work, and settles the claim whatever comes of it. */
  | ({ readonly state: 'mine' } & Settlement)
  /** Someone did the work, and this is the answer that they kept. */
  | { readonly state: 'answered'; readonly answer: string }
  /** Someone did the work, or died at it, and no answer is kept any more. */
  | { readonly state: 'used' };

export interface Settlement {
  /**
   * Gives this answer to those who are waiting, and to those who ask within `answerFor` from now; remembers for `usedFor`
   * from now that the id was used.
   */
  keep(answer: string, answerFor: Milliseconds, usedFor: Milliseconds): Promise<void>;

  /** Gives the id free, as if nobody had claimed it; those who are waiting now get this answer. */
  release(answer: string): Promise<void>;
}
