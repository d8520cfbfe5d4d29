import type { Instant } from './clock.js';
import type { SessionKey } from './session-key.js';

/** How many recent keys of a user are kept: enough for a race of two devices, few enough that a leaked one soon is useless. */
export const KEY_RING_SIZE = 3;

/** A session key and what is known of its life. All instants are of the store's clock. */
export interface RingKey {
  readonly key: SessionKey;
  /** When the code2Session call that last brought this key was sent. */
  readonly askedAt: Instant;
  /** When its answer came. */
  readonly learnedAt: Instant;
  /** When the gateway learned of a newer key of the same user; null while this one may be Weixin's current. */
  readonly supersededAt: Instant | null;
}

/** A user's recent session keys, the newest first; at most KEY_RING_SIZE. */
export type KeyRing = readonly RingKey[];
