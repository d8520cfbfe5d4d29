import type { Config } from '../config/config.js';
import type { Clock } from '../domain/clock.js';
import { MemoryRateLimit } from '../stores/memory/memory-rate-limit.js';
import type { RateLimit, RateLimitOptions } from '../stores/rate-limit.js';
import type { RateLimits } from '../stores/stores.js';

/** Addresses, apps or users that one limit counts in memory; the least recently used is dropped. */
export const MAX_COUNTED_SUBJECTS = 100_000;
/** Counting window in milliseconds: limits are configured per minute. */
export const RATE_WINDOW = 60_000;

/** @param shared creates the limits that all processes share; by default they are counted in this process */
export function rateLimits(
  { rateLimits: { loginPerAddress, loginPerApp, weixinPerUser, decryptPerUser, backendPerClient } }: Config,
  clock: Clock,
  shared: (options: RateLimitOptions) => RateLimit = (options) => counted(options, clock),
): RateLimits {
  const window = RATE_WINDOW;
  return {
    loginByAddress: shared({ name: 'login_by_address', limit: loginPerAddress, window }),
    loginByApp: shared({ name: 'login_by_app', limit: loginPerApp, window }),
    weixinByUser: shared({ name: 'weixin_by_user', limit: weixinPerUser, window }),
    decryptByUser: counted({ name: 'decrypt_by_user', limit: decryptPerUser, window }, clock),
    backendByClient: counted({ name: 'backend_by_client', limit: backendPerClient, window }, clock),
  };
}

function counted(options: RateLimitOptions, clock: Clock): RateLimit {
  return new MemoryRateLimit({ ...options, clock, max: MAX_COUNTED_SUBJECTS });
}
