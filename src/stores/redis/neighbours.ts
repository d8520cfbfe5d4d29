import type { StoreSeal } from '../../crypto/store-seal.js';
import type { Instant, Milliseconds } from '../../domain/clock.js';
import type { Log } from '../../domain/log.js';
import { markerName } from './key-names.js';
import type { Client } from './routed-client.js';

/** Between two looks, while the keys are ours and while they are not. */
const LOOK_EVERY = { ours: 60_000, foreign: 5_000, unknown: 0 } as const;

type RunCommands = <T>(commands: (client: Client) => Promise<T>) => Promise<T>;

export interface NeighboursOptions {
  readonly seal: StoreSeal;
  readonly log: Log;
  /** How long the marker is there after the last look. */
  readonly keep: Milliseconds;
}

/**
 * Sees whether gateways with other STORE_KEYS use the same keys: they would take each other's key rings for empty and write
 * over them. A marker under the prefix is sealed with our keys; if there is one that does not open, nothing is read or
 * written until it is gone.
 */
export class Neighbours {
  readonly #options: NeighboursOptions;
  #state: keyof typeof LOOK_EVERY = 'unknown';
  #lookAgainAt: Instant = 0;
  #isLooking = false;

  constructor(options: NeighboursOptions) {
    this.#options = options;
  }

  /** Whether the keys under the prefix are known to be ours. */
  get isOurs(): boolean {
    return this.#state === 'ours';
  }

  /** Looks at the marker if it is time to; what cannot be reached stays as it was. */
  async look(run: RunCommands): Promise<void> {
    if (this.#isLooking || performance.now() < this.#lookAgainAt) return;
    this.#isLooking = true;
    try {
      const marker = await this.#marker(run);
      if (marker === null) return;
      const isOurs = this.#options.seal.open(markerName(), marker) !== undefined;
      if (!isOurs && this.#state !== 'foreign') {
        this.#options.log.error(
          { reason: 'FOREIGN_KEYS' },
          'Redis holds keys under REDIS_KEY_PREFIX that were sealed with other STORE_KEYS: answering SERVICE_UNAVAILABLE; ' +
            'set another prefix, or delete the key `marker` under it if those sessions may be lost',
        );
      }
      this.#state = isOurs ? 'ours' : 'foreign';
      this.#lookAgainAt = performance.now() + LOOK_EVERY[this.#state];
    } catch {
      // Redis is out of reach, which is logged elsewhere.
    } finally {
      this.#isLooking = false;
    }
  }

  /** The marker, which is made if there is none, and made anew under the first of our keys if it is ours. */
  async #marker(run: RunCommands): Promise<string | null> {
    const { seal, keep } = this.#options;
    const name = markerName();
    const mine = seal.seal(name, 'weixin-phone-gateway');
    const expiration = { type: 'PX', value: keep } as const;
    const found = await run((client) => client.get(name));
    if (found === null) {
      // Two that start at once: the first one's stays.
      await run((client) => client.set(name, mine, { condition: 'NX', expiration }));
      return run((client) => client.get(name));
    }
    if (seal.open(name, found) !== undefined) {
      await run((client) => client.set(name, mine, { expiration })).catch(() => undefined);
    }
    return found;
  }
}
