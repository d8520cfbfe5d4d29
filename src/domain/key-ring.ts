import type { Instant, Milliseconds } from './clock.js';
import type { SessionKey } from './session-key.js';

/**
 * Recent session keys kept per user: enough for a race between two devices, few enough that a leaked key soon becomes
 * useless.
 */
export const KEY_RING_SIZE = 3;

/** A session key as a code2Session call returned it. All instants are by the store's clock. */
export interface LearnedKey {
  readonly key: SessionKey;
  /** When the call was sent. */
  readonly askedAt: Instant;
  /** When the answer to that call arrived. */
  readonly learnedAt: Instant;
}

/** A session key with its history. The call is the last that returned the key. */
export interface RingKey extends LearnedKey {
  /** When the gateway learned of a newer key of the same user; null while this key may be the current one at Weixin. */
  readonly supersededAt: Instant | null;
}

/** A user's recent session keys, the newest first; at most KEY_RING_SIZE. */
export type KeyRing = readonly RingKey[];

/**
 * The ring after a code2Session call brought this key. A key seen again is the current one. The call supersedes the keys
 * of calls that were answered before it was sent; calls that overlap in time supersede neither of their keys, because
 * their answers may arrive in either order; and the news of an earlier call, told late, is superseded by what is known.
 */
export function learn(ring: KeyRing, { key, askedAt, learnedAt }: LearnedKey): KeyRing {
  const seen = ring.find((known) => known.key.equals(key));
  const others = ring.filter((known) => known !== seen);
  if (seen !== undefined && seen.learnedAt > learnedAt) {
    return ring.map((known) => (known === seen ? seen : supersede(known, askedAt, learnedAt)));
  }
  const later = others.filter((known) => known.askedAt > learnedAt);
  const learned: RingKey = {
    key,
    askedAt,
    learnedAt,
    supersededAt: later.length > 0 ? Math.min(...later.map((known) => known.learnedAt)) : null,
  };
  return [learned, ...others.map((known) => supersede(known, askedAt, learnedAt))]
    .sort((a, b) => b.learnedAt - a.learnedAt)
    .slice(0, KEY_RING_SIZE);
}

function supersede(known: RingKey, askedAt: Instant, learnedAt: Instant): RingKey {
  return known.supersededAt === null && known.learnedAt < askedAt ? { ...known, supersededAt: learnedAt } : known;
}

/**
 * Whether Weixin can have used this key for a document with this watermark: a superseded key opens nothing that is younger
 * than its supersession, so that one which leaks later forges nothing.
 *
 * @param timestamp of the watermark, Unix seconds
 * @param skew how far Weixin's clock may be ahead of ours
 */
export function mayHaveEncrypted(known: RingKey, timestamp: number, skew: Milliseconds): boolean {
  return known.supersededAt === null || timestamp * 1000 <= known.supersededAt + skew;
}
