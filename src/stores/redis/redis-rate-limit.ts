import { fingerprint } from '../../crypto/fingerprint.js';
import type { Admission, RateLimit, RateLimitOptions } from '../rate-limit.js';
import { rateName } from './key-names.js';
import type { RedisConnection } from './redis-connection.js';

export interface RedisRateLimitOptions extends RateLimitOptions {
  readonly redis: RedisConnection;
}

/** Requests counted in Redis, once for every process, in one round trip. */
export class RedisRateLimit implements RateLimit {
  readonly name;
  readonly #options: RedisRateLimitOptions;

  constructor(options: RedisRateLimitOptions) {
    this.name = options.name;
    this.#options = options;
  }

  async count(subject: string): Promise<Admission> {
    const { redis, limit, window } = this.#options;
    const name = rateName(this.name, fingerprint('rate-limit', this.name, subject));
    const retryAfter = await redis.run((client) => client.countRequest([name], [String(limit), String(window)]));
    return retryAfter === 0 ? { admitted: true } : { admitted: false, retryAfter };
  }
}
