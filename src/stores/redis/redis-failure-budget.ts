import { setImmediate as nextTurn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { sessionKeyFingerprint } from '../../crypto/fingerprint.js';
import type { User } from '../../domain/app.js';
import type { Milliseconds } from '../../domain/clock.js';
import type { SessionKey } from '../../domain/session-key.js';
import type { Attempt, FailureBudget } from '../failure-budget.js';
import { failuresName } from './key-names.js';
import type { RedisConnection } from './redis-connection.js';

export interface RedisFailureBudgetOptions {
  readonly redis: RedisConnection;
  /** Failures allowed in a window. */
  readonly limit: number;
  readonly window: Milliseconds;
}

/** Counts of which this process remembers what it gave back: those that are asked for at a time. */
const MAX_REMEMBERED_COUNTS = 10_000;

/** Failures counted in Redis, once for every process: before the try is made, and taken back where it succeeds. */
export class RedisFailureBudget implements FailureBudget {
  readonly #options: RedisFailureBudgetOptions;

  /** How often failures were given back here, by the name of their count. */
  readonly #givenBack = new LRUCache<string, number>({ max: MAX_REMEMBERED_COUNTS });

  constructor(options: RedisFailureBudgetOptions) {
    this.#options = options;
  }

  async attempt<T>(user: User, keys: readonly SessionKey[], open: () => T | undefined): Promise<Attempt<T>> {
    if (keys.length === 0) return { granted: true, value: open() };
    const { redis, limit, window } = this.#options;
    const names = keys.map((key) => failuresName(user, sessionKeyFingerprint(key)));
    const reserve = () => redis.run((client) => client.reserveFailures(names, [String(limit), String(window)]));
    let before = this.#givenBackOf(names);
    let reserved = await reserve();
    // Right documents in parallel are all counted before the first of them is given back: those that were refused for it
    // ask again, as long as something came back meanwhile.
    while (!Array.isArray(reserved)) {
      await nextTurn();
      if (this.#givenBackOf(names) === before) return { granted: false, retryAfter: reserved };
      before = this.#givenBackOf(names);
      reserved = await reserve();
    }
    const value = open();
    if (value !== undefined) this.#giveBack(names, reserved);
    return { granted: true, value };
  }

  /** Nobody waits for this: commands of one connection stay in order, and a lost one leaves the failures counted. */
  #giveBack(names: readonly string[], windows: readonly string[]): void {
    for (const name of names) this.#givenBack.set(name, (this.#givenBack.get(name) ?? 0) + 1);
    this.#options.redis.run((client) => client.giveFailuresBack(names, windows)).catch(() => undefined);
  }

  #givenBackOf(names: readonly string[]): number {
    return names.reduce((sum, name) => sum + (this.#givenBack.get(name) ?? 0), 0);
  }
}
