import type { Instant } from './clock.js';
import type { SessionKey } from './session-key.js';

/**
 * Recent session keys kept per user: enough for a race between two devices, few enough that a leaked key soon becomes
 * useless.
 */
export const KEY_RING_SIZE = 3;

/** A session key with its history. All instants are by the store's clock. */
export interface RingKey {
  readonly key: SessionKey;
  /** When the code2Session call that last returned this key was sent. */
  readonly askedAt: Instant;
  /** When the answer to that call arrived. */
  readonly learnedAt: Instant;
  /** When the gateway learned of a newer key of the same user; null while this key may be the current one at Weixin. */
  readonly supersededAt: Instant | null;
}

/** A user's recent session keys, the newest first; at most KEY_RING_SIZE. */
export type KeyRing = readonly RingKey[];
