import { setTimeout as delay } from 'node:timers/promises';
import { sessionKeyFingerprint } from '../../crypto/fingerprint.js';
import { type User, userKey } from '../../domain/app.js';
import type { Milliseconds } from '../../domain/clock.js';
import { Deadline } from '../../domain/deadline.js';
import type { SessionKey } from '../../domain/session-key.js';
import type { Attempt, FailureBudget } from '../failure-budget.js';
import { StoreUnavailable } from '../store-unavailable.js';
import { failuresName } from './key-names.js';
import type { RedisConnection } from './redis-connection.js';
import { SpentKeys } from './spent-keys.js';
import { Turns } from './turns.js';

export interface RedisFailureBudgetOptions {
  readonly redis: RedisConnection;
  /** Failures allowed in a window. */
  readonly limit: number;
  readonly window: Milliseconds;
}

/** A reservation is settled within a round trip. One that is not, because its process died, counts as a failure from then on. */
const LEASE: Milliseconds = 1_000;
/** How often a process asks again while undecided tries of other processes fill the limit. */
const ASK_EVERY: Milliseconds = 15;
/** For the whole of it: the turn, and asking again. */
const MAX_WAIT: Milliseconds = 2_500;

/**
 * Failures counted in Redis, once for every process: reserved before the try is made, and taken back if it succeeds.
 *
 * A process has one reservation of a user at a time, so that right documents at once do not fill the limit. If those of
 * other processes fill it, it asks again until they are settled.
 */
export class RedisFailureBudget implements FailureBudget {
  readonly #options: RedisFailureBudgetOptions;
  readonly #turns = new Turns();
  readonly #spent: SpentKeys;

  constructor(options: RedisFailureBudgetOptions) {
    this.#options = options;
    this.#spent = new SpentKeys(options.redis);
  }

  async attempt<T>(
    user: User,
    keys: readonly SessionKey[],
    open: (keys: readonly SessionKey[]) => T | undefined,
  ): Promise<Attempt<T>> {
    if (keys.length === 0) return { granted: true, value: open(keys) };
    const deadline = new Deadline(MAX_WAIT);
    return this.#turns.take(userKey(user), async () => {
      const counts = failuresName(user);
      const names = keys.map(sessionKeyFingerprint);
      const known = this.#spent.allSpentFor(counts, names);
      if (known !== undefined) return { granted: false, retryAfter: known };
      const reserved = await this.#reserve(counts, names, deadline);
      if ('retryAfter' in reserved) {
        this.#spent.remember(counts, names, reserved.retryAfter);
        return { granted: false, ...reserved };
      }
      const { windows } = reserved;
      let value: T | undefined;
      try {
        value = open(keys.filter((_key, i) => windows[i] !== ''));
      } finally {
        this.#settle(counts, names, windows, value !== undefined);
      }
      return { granted: true, value };
    });
  }

  async #reserve(
    counts: string,
    names: readonly string[],
    deadline: Deadline,
  ): Promise<{ readonly windows: readonly string[] } | { readonly retryAfter: Milliseconds }> {
    const { redis, limit, window } = this.#options;
    while (deadline.left > 0) {
      const args = [redis.now(), limit, window, LEASE].map(String);
      const [state, ...rest] = await redis.run((client) => client.reserveFailures([counts], [...args, ...names]));
      if (state === 'granted') return { windows: rest };
      if (state === 'spent') return { retryAfter: Number(rest[0]) };
      await delay(Math.min(ASK_EVERY, deadline.left));
    }
    throw new StoreUnavailable('Too many tries of one user are under way');
  }

  /** Nobody waits for this: commands of one connection stay in order, and a lost one leaves the failures counted. */
  #settle(counts: string, names: readonly string[], windows: readonly string[], succeeded: boolean): void {
    const pairs = names.flatMap((name, i) => (windows[i] ? [name, windows[i]] : []));
    this.#options.redis
      .run((client) => client.settleFailures([counts], [succeeded ? '1' : '0', ...pairs]))
      .catch(() => undefined);
  }
}
