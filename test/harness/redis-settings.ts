import { loadConfig } from '../../src/config/config.js';
import type { RedisSettings } from '../../src/domain/redis-settings.js';

/** The settings that these variables make, by default a URL alone. */
export function redisSettings(env: string | Record<string, string>): RedisSettings {
  const { redis } = loadConfig(typeof env === 'string' ? { REDIS_URL: env } : env);
  if (redis === undefined) throw new Error('These variables name no Redis.');
  return redis;
}
