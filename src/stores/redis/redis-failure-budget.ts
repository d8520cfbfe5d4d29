import { randomUUID } from 'node:crypto';
import type { Fingerprint } from '../../crypto/fingerprint.js';
import type { User } from '../../domain/app.js';
import type { Milliseconds } from '../../domain/clock.js';
import type { FailureBudget, Reservation } from '../failure-budget.js';
import { failuresName } from './key-names.js';
import type { RedisConnection } from './redis-connection.js';

export interface RedisFailureBudgetOptions {
  readonly redis: RedisConnection;
  /** Failures allowed in a window. */
  readonly limit: number;
  readonly window: Milliseconds;
}

/** Failures counted in Redis, once for every process. */
export class RedisFailureBudget implements FailureBudget {
  readonly #options: RedisFailureBudgetOptions;

  constructor(options: RedisFailureBudgetOptions) {
    this.#options = options;
  }

  async reserve(user: User, keys: readonly Fingerprint[]): Promise<Reservation> {
    if (keys.length === 0) return { granted: true, giveBack: async () => undefined };
    const { redis, limit, window } = this.#options;
    const names = keys.map((key) => failuresName(user, key));
    const reserved = await redis.run((client) =>
      client.reserveFailures(names, [String(limit), String(window), randomUUID()]),
    );
    if (!Array.isArray(reserved)) return { granted: false, retryAfter: reserved };
    let given = false;
    return {
      granted: true,
      // Nobody waits for this: commands of one connection stay in order, and a lost one leaves the failures counted.
      giveBack: async () => {
        if (given) return;
        given = true;
        redis.run((client) => client.giveFailuresBack(names, reserved)).catch(() => undefined);
      },
    };
  }
}
