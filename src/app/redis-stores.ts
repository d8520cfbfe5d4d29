import type { Config } from '../config/config.js';
import { StoreSeal } from '../crypto/store-seal.js';
import type { Log } from '../domain/log.js';
import type { RedisObserver } from '../domain/redis-observer.js';
import { rateLimits } from './rate-limits.js';
import { Neighbours } from '../stores/redis/neighbours.js';
import { RedisAccessTokens } from '../stores/redis/redis-access-tokens.js';
import { RedisConnection } from '../stores/redis/redis-connection.js';
import { RedisFailureBudget } from '../stores/redis/redis-failure-budget.js';
import { RedisKeyRingStore } from '../stores/redis/redis-key-ring-store.js';
import { RedisOnce } from '../stores/redis/redis-once.js';
import { RedisLoginLimit } from '../stores/redis/redis-login-limit.js';
import { RedisRateLimit } from '../stores/redis/redis-rate-limit.js';
import { RedisSessionStore } from '../stores/redis/redis-session-store.js';
import { RedisUserRecords } from '../stores/redis/redis-user-records.js';
import { sessionLife } from '../stores/redis/session-life.js';
import type { Stores } from '../stores/stores.js';

/** Near copies (a client-side cache) of records in Redis, sessions and rings together. */
export const MAX_NEAR = 100_000;
/** Time in milliseconds for the stores while a code is redeemed, in addition to Weixin's. */
const STORE_TIME = 1_000;
/** The writes after Weixin's answer, one after the other: the session with the user's record, the answer. */
const PATIENT_WRITES = 2;

/**
 * Opens the state that several processes share in Redis. Waits a short time for Redis; the gateway also starts without
 * it.
 */
export async function redisStores(
  config: Config,
  { sealingKeys, ...settings }: NonNullable<Config['redis']>,
  log: Log,
  observer: RedisObserver,
): Promise<Stores> {
  const seal = new StoreSeal(sealingKeys, settings.keyPrefix);
  const neighbours = new Neighbours({ seal, log, keep: config.sessionAbsolute });
  const redis = new RedisConnection({ settings, log, observer, maxNear: MAX_NEAR, neighbours });
  await redis.ready();
  // Once Weixin has answered the code is spent: a stall must not cost the login.
  const patience = config.weixinTimeout;
  const life = sessionLife(config.sessionIdle, config.sessionAbsolute);
  const records = new RedisUserRecords({
    redis,
    seal,
    keep: config.sessionAbsolute,
    perUser: config.sessionsPerUser,
    log,
    patience,
  });
  return {
    sessions: new RedisSessionStore({
      redis,
      seal,
      records,
      life,
      perUser: config.sessionsPerUser,
      maxNear: MAX_NEAR,
      patience,
    }),
    rings: new RedisKeyRingStore(records),
    budget: new RedisFailureBudget({
      redis,
      limit: config.decryptFailureLimit,
      window: config.decryptFailureWindow,
    }),
    once: new RedisOnce({
      redis,
      seal,
      lease: config.weixinTimeout + PATIENT_WRITES * patience + STORE_TIME,
      patience,
    }),
    limits: rateLimits(config, redis, {
      login: (options) => new RedisLoginLimit({ ...options, redis }),
      bySubject: (options) => new RedisRateLimit({ ...options, redis }),
    }),
    accessTokens: new RedisAccessTokens(redis, seal),
    clock: redis,
    hasNearCopies: () => redis.hasNearCopies(),
    sessionsHeld: undefined,
    unopenedRecords: () => seal.unopened,
    state: () => (redis.isAlive() ? 'up' : 'down'),
    close: () => redis.close(),
  };
}
