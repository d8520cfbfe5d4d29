import type { Config } from './config.js';
import { StoreSeal } from './crypto/store-seal.js';
import type { Clock } from './domain/clock.js';
import type { Log } from './domain/log.js';
import type { StoreState } from './http/health.js';
import type { FailureBudget } from './stores/failure-budget.js';
import type { KeyRingStore } from './stores/key-ring-store.js';
import { MemoryFailureBudget } from './stores/memory/memory-failure-budget.js';
import { MemoryKeyRingStore } from './stores/memory/memory-key-ring-store.js';
import { MemoryOnce } from './stores/memory/memory-once.js';
import { MemoryRateLimit } from './stores/memory/memory-rate-limit.js';
import { MemorySessionStore } from './stores/memory/memory-session-store.js';
import { ShardedLru } from './stores/memory/sharded-lru.js';
import type { Once } from './stores/once.js';
import type { RateLimit, RateLimitOptions } from './stores/rate-limit.js';
import { RedisAccessTokens } from './stores/redis/redis-access-tokens.js';
import { RedisConnection } from './stores/redis/redis-connection.js';
import { RedisFailureBudget } from './stores/redis/redis-failure-budget.js';
import { RedisKeyRingStore } from './stores/redis/redis-key-ring-store.js';
import { RedisOnce } from './stores/redis/redis-once.js';
import { RedisRateLimit } from './stores/redis/redis-rate-limit.js';
import { RedisSessionStore } from './stores/redis/redis-session-store.js';
import type { SessionStore } from './stores/session-store.js';
import type { SharedTokens } from './weixin/access-tokens.js';

/** Session keys whose failures are counted at a time in memory. Each belongs to a user who logged in. */
const MAX_COUNTED_KEYS = 100_000;
/** Codes of logins and taps remembered at a time in memory: 300 s at 1,600 a second. Weixin refuses a used code anyhow. */
const MAX_REMEMBERED_CODES = 500_000;
/** Near copies of what is in Redis, sessions and rings together. */
const MAX_NEAR = 100_000;
/** Addresses or users that a limit counts at a time in memory; one more forgets the one that asked least recently. */
const MAX_COUNTED_SUBJECTS = 100_000;
/** What the configured numbers of requests are counted in. */
const RATE_WINDOW = 60_000;
/** What the stores may take, beside Weixin, while a code is redeemed. */
const STORE_TIME = 1_000;

/** One limit for each RateLimitName. */
export interface RateLimits {
  readonly loginByAddress: RateLimit;
  readonly loginByApp: RateLimit;
  readonly weixinByUser: RateLimit;
  /** Counted in each process by itself: it guards a process's time, and must cost next to nothing. */
  readonly decryptByUser: RateLimit;
}

/** The state of a gateway, and the clock by which it is kept. */
export interface Stores {
  readonly sessions: SessionStore;
  readonly rings: KeyRingStore;
  readonly budget: FailureBudget;
  readonly once: Once;
  readonly limits: RateLimits;
  readonly accessTokens: SharedTokens | undefined;
  readonly clock: Clock;
  readonly state: () => StoreState;
  close(): Promise<void>;
}

export async function openStores(config: Config, log: Log, clock: Clock): Promise<Stores> {
  return config.redis === undefined ? memoryStores(config, clock) : redisStores(config, config.redis, log);
}

function memoryStores(config: Config, clock: Clock): Stores {
  const users = new ShardedLru(config.sessionMax);
  return {
    sessions: new MemorySessionStore({
      clock,
      users,
      max: config.sessionMax,
      perUser: config.sessionsPerUser,
      idle: config.sessionIdle,
      absolute: config.sessionAbsolute,
    }),
    rings: new MemoryKeyRingStore({ clock, users, keep: config.sessionAbsolute }),
    budget: new MemoryFailureBudget({
      clock,
      max: MAX_COUNTED_KEYS,
      limit: config.decryptFailureLimit,
      window: config.decryptFailureWindow,
    }),
    once: new MemoryOnce({ clock, max: MAX_REMEMBERED_CODES }),
    limits: rateLimits(
      config,
      clock,
      (options) => new MemoryRateLimit({ ...options, clock, max: MAX_COUNTED_SUBJECTS }),
    ),
    accessTokens: undefined,
    clock,
    state: () => 'up',
    close: async () => undefined,
  };
}

async function redisStores(
  config: Config,
  { url, sealingKeys }: NonNullable<Config['redis']>,
  log: Log,
): Promise<Stores> {
  const redis = new RedisConnection({ url, log, maxNear: MAX_NEAR });
  await redis.ready();
  const seal = new StoreSeal(sealingKeys);
  return {
    sessions: new RedisSessionStore({
      redis,
      perUser: config.sessionsPerUser,
      idle: config.sessionIdle,
      absolute: config.sessionAbsolute,
      maxNear: MAX_NEAR,
    }),
    rings: new RedisKeyRingStore({ redis, seal, keep: config.sessionAbsolute }),
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

/** @param shared makes the limits that all processes count together */
function rateLimits(
  { rateLimits: { loginPerAddress, loginPerApp, weixinPerUser, decryptPerUser } }: Config,
  clock: Clock,
  shared: (options: RateLimitOptions) => RateLimit,
): RateLimits {
  const window = RATE_WINDOW;
  return {
    loginByAddress: shared({ name: 'login_by_address', limit: loginPerAddress, window }),
    loginByApp: shared({ name: 'login_by_app', limit: loginPerApp, window }),
    weixinByUser: shared({ name: 'weixin_by_user', limit: weixinPerUser, window }),
    decryptByUser: new MemoryRateLimit({
      name: 'decrypt_by_user',
      limit: decryptPerUser,
      window,
      clock,
      max: MAX_COUNTED_SUBJECTS,
    }),
  };
}
