/** Buckets in seconds: an operation in memory takes under one millisecond, Weixin's deadline is 2.5 s by default. */
export const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Buckets in seconds: Redis in the same zone answers in 0.2 ms, and REDIS_TIMEOUT_MS is 100 ms by default. */
export const REDIS_SECONDS = [0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

/** Buckets in seconds: from a tap right after a login to a key that is older than the longest session by default. */
export const KEY_AGES = [1, 10, 60, 600, 3600, 6 * 3600, 24 * 3600, 3 * 24 * 3600, 7 * 24 * 3600];
