import type { StoreSeal } from '../../crypto/store-seal.js';
import type { User } from '../../domain/app.js';
import type { Instant, Milliseconds } from '../../domain/clock.js';
import type { KeyRing } from '../../domain/key-ring.js';
import type { Log } from '../../domain/log.js';
import type { Session } from '../../domain/session.js';
import { SessionKey } from '../../domain/session-key.js';
import type { KeyRingStore } from '../key-ring-store.js';
import { StoreUnavailable } from '../store-unavailable.js';
import { keyRingName } from './key-names.js';
import type { RedisConnection } from './redis-connection.js';

/** Changes of one ring at a time that are waited for; each lost race means that another one was won. */
const MAX_TRIES = 20;
/** Between two lines in the log that say the same. */
const LOG_EVERY: Milliseconds = 60_000;

export interface RedisKeyRingStoreOptions {
  readonly redis: RedisConnection;
  readonly seal: StoreSeal;
  /** How long a ring is kept after its last change. */
  readonly keep: Milliseconds;
  readonly log: Log;
}

/** A ring as it is written: its version, then for each key the key, asked, learned, superseded. */
type WrittenRing = [version: number, ...keys: [string, number, number, number | null][]];

interface VersionedRing {
  readonly ring: KeyRing;
  /** An instant, and more than that of the ring before: a ring that was lost starts again above all that was seen of it. */
  readonly version: number;
}

const NO_RING: VersionedRing = { ring: [], version: 0 };

/** Key rings in Redis, sealed, one key each. */
export class RedisKeyRingStore implements KeyRingStore {
  readonly #options: RedisKeyRingStoreOptions;
  #logAgainAt: Instant = 0;

  constructor(options: RedisKeyRingStoreOptions) {
    this.#options = options;
  }

  async find(user: User | Session): Promise<KeyRing> {
    const { redis } = this.#options;
    const name = keyRingName(user);
    const seen = ('ringVersion' in user && user.ringVersion) || 0;
    const near = this.#open(name, await redis.near(name));
    if (near.version >= seen) return near.ring;
    // A near copy may be older than a session that was created elsewhere just now.
    const { ring, version } = this.#open(name, await this.#read(name));
    if (version >= seen) return ring;
    if (version > 0) this.#reportRollback(user);
    return [];
  }

  /** Replaces the user's ring by what `change` makes of it, and tells its version. */
  async update(user: User, change: (ring: KeyRing) => KeyRing): Promise<number> {
    const { redis, keep } = this.#options;
    const name = keyRingName(user);
    for (let i = 0; i < MAX_TRIES; i += 1) {
      const before = await this.#read(name);
      const { ring, version: old } = this.#open(name, before);
      const version = Math.max(old + 1, redis.now());
      const after = this.#seal(name, { ring: change(ring), version });
      const replaced = await redis.run((client) =>
        client.replaceIfUnchanged([name], [before ?? '', after, String(keep)]),
      );
      if (replaced === 1) return version;
    }
    throw new StoreUnavailable('A key ring changes too often');
  }

  #read(name: string): Promise<string | null> {
    return this.#options.redis.run((client) => client.sendCommand<string | null>(['GET', name]));
  }

  #seal(name: string, { ring, version }: VersionedRing): string {
    const keys = ring.map(
      ({ key, askedAt, learnedAt, supersededAt }) => [key.revealText(), askedAt, learnedAt, supersededAt] as const,
    );
    return this.#options.seal.seal(name, JSON.stringify([version, ...keys]));
  }

  /** A ring whose sealing key is gone is empty: one login fills it again. */
  #open(name: string, sealed: string | null): VersionedRing {
    const text = sealed === null ? undefined : this.#options.seal.open(name, sealed);
    if (text === undefined) return NO_RING;
    const [version, ...keys] = JSON.parse(text) as WrittenRing;
    const ring = keys.flatMap(([keyText, askedAt, learnedAt, supersededAt]) => {
      const key = SessionKey.parse(keyText);
      return key === undefined ? [] : [{ key, askedAt, learnedAt, supersededAt }];
    });
    return { ring, version };
  }

  /** One line a minute: a store that was restored from a backup has many such rings. */
  #reportRollback({ appId }: User): void {
    const now = this.#options.redis.now();
    if (now < this.#logAgainAt) return;
    this.#logAgainAt = now + LOG_EVERY;
    this.#options.log.error(
      { appId },
      'a key ring in Redis is older than a session that has seen it: Redis was rolled back or written to by another; the ring is not used',
    );
  }
}
