import type { Config } from '../config/config.js';
import { StoreSeal } from '../crypto/store-seal.js';
import type { Log } from '../domain/log.js';
import { rateLimits } from './rate-limits.js';
import { RedisAccessTokens } from '../stores/redis/redis-access-tokens.js';
import { RedisConnection } from '../stores/redis/redis-connection.js';
import { RedisFailureBudget } from '../stores/redis/redis-failure-budget.js';
import { RedisKeyRingStore } from '../stores/redis/redis-key-ring-store.js';
import { RedisOnce } from '../stores/redis/redis-once.js';
import { RedisRateLimit } from '../stores/redis/redis-rate-limit.js';
import { RedisSessionStore } from '../stores/redis/redis-session-store.js';
import type { Stores } from '../stores/stores.js';

/** Near copies (a client-side cache) of records in Redis, sessions and rings together. */
export const MAX_NEAR = 100_000;
/** Time in milliseconds for the stores while a code is redeemed, in addition to Weixin's. */
const STORE_TIME = 1_000;

/**
 * Opens the state that several processes share in Redis. Waits a short time for Redis; the gateway also starts without
 * it.
 */
export async function redisStores(
  config: Config,
  { url, sealingKeys }: NonNullable<Config['redis']>,
  log: Log,
): Promise<Stores> {
  const redis = new RedisConnection({ url, log, maxNear: MAX_NEAR });
  await redis.ready();
  const seal = new StoreSeal(sealingKeys);
  const rings = new RedisKeyRingStore({ redis, seal, keep: config.sessionAbsolute, log });
  return {
    sessions: new RedisSessionStore({
      redis,
      seal,
      rings,
      perUser: config.sessionsPerUser,
      idle: config.sessionIdle,
      absolute: config.sessionAbsolute,
      maxNear: MAX_NEAR,
    }),
    rings,
    budget: new RedisFailureBudget({
      redis,
      limit: config.decryptFailureLimit,
      window: config.decryptFailureWindow,
    }),
    once: new RedisOnce({ redis, seal, lease: config.weixinTimeout + STORE_TIME }),
    limits: rateLimits(config, redis, (options) => new RedisRateLimit({ ...options, redis })),
    accessTokens: new RedisAccessTokens(redis, seal),
    clock: redis,
    state: () => (redis.isAlive() ? 'up' : 'down'),
    close: () => redis.close(),
  };
}
