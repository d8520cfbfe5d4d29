import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { fingerprint } from '../../crypto/fingerprint.js';
import type { Admission, RateLimit, RateLimitOptions } from '../rate-limit.js';
import { rateName } from './key-names.js';
import type { Client, RedisConnection } from './redis-connection.js';

export interface RedisRateLimitOptions extends RateLimitOptions {
  readonly redis: RedisConnection;
}

/** Requests counted in Redis, once for every process, in one round trip. */
export class RedisRateLimit implements RateLimit {
  readonly name;
  readonly #limiter: RateLimiterRedis;

  constructor({ redis, name, limit, window }: RedisRateLimitOptions) {
    this.name = name;
    this.#limiter = new RateLimiterRedis({
      // The library's one command goes the way of all others: with their deadline, on whichever connection is alive.
      storeClient: {
        eval: (...args: Parameters<Client['eval']>) => redis.run((client) => client.eval(...args)),
      },
      useRedisPackage: true,
      keyPrefix: '',
      points: limit,
      duration: window / 1000,
    });
  }

  async count(subject: string): Promise<Admission> {
    try {
      await this.#limiter.consume(rateName(this.name, fingerprint('rate-limit', this.name, subject)));
      return { admitted: true };
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return { admitted: false, retryAfter: refusal.msBeforeNext };
      throw refusal;
    }
  }
}
