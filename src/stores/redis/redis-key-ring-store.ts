import type { StoreSeal } from '../../crypto/store-seal.js';
import type { User } from '../../domain/app.js';
import type { Milliseconds } from '../../domain/clock.js';
import type { KeyRing } from '../../domain/key-ring.js';
import { SessionKey } from '../../domain/session-key.js';
import type { KeyRingStore } from '../key-ring-store.js';
import { StoreUnavailable } from '../store-unavailable.js';
import { keyRingName } from './key-names.js';
import type { RedisConnection } from './redis-connection.js';

/** Changes of one ring at a time that are waited for; each lost race means that another one was won. */
const MAX_TRIES = 20;

export interface RedisKeyRingStoreOptions {
  readonly redis: RedisConnection;
  readonly seal: StoreSeal;
  /** How long a ring is kept after its last change. */
  readonly keep: Milliseconds;
}

/** A ring as it is written: key, asked, learned, superseded. */
type WrittenRing = [string, number, number, number | null][];

/** Key rings in Redis, sealed, one key each. */
export class RedisKeyRingStore implements KeyRingStore {
  readonly #options: RedisKeyRingStoreOptions;

  constructor(options: RedisKeyRingStoreOptions) {
    this.#options = options;
  }

  async find(user: User): Promise<KeyRing> {
    const name = keyRingName(user);
    return this.#open(name, await this.#options.redis.near(name));
  }

  async update(user: User, change: (ring: KeyRing) => KeyRing): Promise<void> {
    const { redis, keep } = this.#options;
    const name = keyRingName(user);
    for (let i = 0; i < MAX_TRIES; i += 1) {
      const before = await redis.run((client) => client.sendCommand<string | null>(['GET', name]));
      const after = this.#seal(name, change(this.#open(name, before)));
      const replaced = await redis.run((client) =>
        client.replaceIfUnchanged([name], [before ?? '', after, String(keep)]),
      );
      if (replaced === 1) return;
    }
    throw new StoreUnavailable('A key ring changes too often');
  }

  #seal(name: string, ring: KeyRing): string {
    const written: WrittenRing = ring.map((known) => [
      known.key.revealText(),
      known.askedAt,
      known.learnedAt,
      known.supersededAt,
    ]);
    return this.#options.seal.seal(name, JSON.stringify(written));
  }

  /** A ring whose sealing key is gone is empty: one login fills it again. */
  #open(name: string, sealed: string | null): KeyRing {
    const text = sealed === null ? undefined : this.#options.seal.open(name, sealed);
    if (text === undefined) return [];
    return (JSON.parse(text) as WrittenRing).flatMap(([keyText, askedAt, learnedAt, supersededAt]) => {
      const key = SessionKey.parse(keyText);
      return key === undefined ? [] : [{ key, askedAt, learnedAt, supersededAt }];
    });
  }
}
