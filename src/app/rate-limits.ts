import type { Config } from '../config/config.js';
import type { Clock } from '../domain/clock.js';
import type { LoginLimit, LoginLimitOptions } from '../stores/login-limit.js';
import { MemoryLoginLimit } from '../stores/memory/memory-login-limit.js';
import { MemoryRateLimit } from '../stores/memory/memory-rate-limit.js';
import type { RateLimit, RateLimitOptions } from '../stores/rate-limit.js';
import type { RateLimits } from '../stores/stores.js';

/** Addresses, apps or users that one limit counts in memory; the least recently used is dropped. */
export const MAX_COUNTED_SUBJECTS = 100_000;
/** Counting window in milliseconds: limits are configured per minute. */
export const RATE_WINDOW = 60_000;

/** Makes the limits that all processes count together. */
export interface SharedLimits {
  readonly login: (options: LoginLimitOptions) => LoginLimit;
  readonly bySubject: (options: RateLimitOptions) => RateLimit;
}

/** @param shared by default they are counted in this process */
export function rateLimits(
  { rateLimits: { loginPerAddress, loginPerApp, weixinPerUser, decryptPerUser, backendPerClient } }: Config,
  clock: Clock,
  shared: SharedLimits = inProcess(clock),
): RateLimits {
  const window = RATE_WINDOW;
  return {
    login: shared.login({ perAddress: loginPerAddress, perApp: loginPerApp, window }),
    weixinByUser: shared.bySubject({ name: 'weixin_by_user', limit: weixinPerUser, window }),
    decryptByUser: inProcess(clock).bySubject({ name: 'decrypt_by_user', limit: decryptPerUser, window }),
    backendByClient: inProcess(clock).bySubject({ name: 'backend_by_client', limit: backendPerClient, window }),
  };
}

function inProcess(clock: Clock): SharedLimits {
  const max = MAX_COUNTED_SUBJECTS;
  return {
    login: (options) => new MemoryLoginLimit({ ...options, clock, max }),
    bySubject: (options) => new MemoryRateLimit({ ...options, clock, max }),
  };
}
