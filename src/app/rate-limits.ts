import type { Config } from '../config/config.js';
import type { Clock } from '../domain/clock.js';
import { MemoryRateLimit } from '../stores/memory/memory-rate-limit.js';
import type { RateLimit, RateLimitOptions } from '../stores/rate-limit.js';
import type { RateLimits } from '../stores/stores.js';

/** Addresses or users that a limit counts at a time in memory; one more forgets the one that asked least recently. */
export const MAX_COUNTED_SUBJECTS = 100_000;
/** The configured numbers of requests are numbers a minute. */
export const RATE_WINDOW = 60_000;

/** @param shared makes the limits that all processes count together; by default there is one process */
export function rateLimits(
  { rateLimits: { loginPerAddress, loginPerApp, weixinPerUser, decryptPerUser } }: Config,
  clock: Clock,
  shared: (options: RateLimitOptions) => RateLimit = (options) => counted(options, clock),
): RateLimits {
  const window = RATE_WINDOW;
  return {
    loginByAddress: shared({ name: 'login_by_address', limit: loginPerAddress, window }),
    loginByApp: shared({ name: 'login_by_app', limit: loginPerApp, window }),
    weixinByUser: shared({ name: 'weixin_by_user', limit: weixinPerUser, window }),
    decryptByUser: counted({ name: 'decrypt_by_user', limit: decryptPerUser, window }, clock),
  };
}

function counted(options: RateLimitOptions, clock: Clock): RateLimit {
  return new MemoryRateLimit({ ...options, clock, max: MAX_COUNTED_SUBJECTS });
}
