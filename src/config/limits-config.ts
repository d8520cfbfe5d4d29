import type { Milliseconds } from '../domain/clock.js';
import type { EnvReader } from './env-reader.js';

/** How many of what are let through in a minute. */
export interface RateLimitsConfig {
  /** Login codes that reach Weixin from one client address. */
  readonly loginPerAddress: number;
  /** Login codes of one Mini Program that reach Weixin. */
  readonly loginPerApp: number;
  /** Calls of Weixin that one logged-in user causes. */
  readonly weixinPerUser: number;
  /** Documents that one user has decrypted, right or wrong, in one process. */
  readonly decryptPerUser: number;
}

/** Beyond either, a request to the API is refused before anything is done for it. */
export interface OverloadConfig {
  /** Requests under way at a time. */
  readonly inFlight: number;
  /** How long the requests that are read at once may take before the rest of them are refused. */
  readonly delay: Milliseconds;
}

const MAX = 10_000_000;

export function readRateLimits(reader: EnvReader): RateLimitsConfig {
  return {
    loginPerAddress: reader.wholeNumber('LOGIN_LIMIT_PER_ADDRESS', 1, MAX, 3000),
    loginPerApp: reader.wholeNumber('LOGIN_LIMIT_PER_APP', 1, MAX, 60_000),
    weixinPerUser: reader.wholeNumber('WEIXIN_LIMIT_PER_USER', 1, MAX, 60),
    decryptPerUser: reader.wholeNumber('DECRYPT_LIMIT_PER_USER', 1, MAX, 120),
  };
}

export function readOverload(reader: EnvReader): OverloadConfig {
  return {
    inFlight: reader.wholeNumber('OVERLOAD_IN_FLIGHT', 1, 1_000_000, 2000),
    delay: reader.wholeNumber('OVERLOAD_DELAY_MS', 10, 60_000, 250),
  };
}
