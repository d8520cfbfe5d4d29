import { StoreSeal } from '../../src/crypto/store-seal.js';
import type { Log } from '../../src/domain/log.js';
import type { RedisConnection } from '../../src/stores/redis/redis-connection.js';
import { RedisKeyRingStore } from '../../src/stores/redis/redis-key-ring-store.js';
import { RedisSessionStore, type RedisSessionStoreOptions } from '../../src/stores/redis/redis-session-store.js';
import { recordedLog } from './recorded-log.js';

/** What the stores of a test seal with. */
export const seal = new StoreSeal([{ id: 'a', key: Buffer.alloc(32, 1) }]);

interface RedisUsersOptions extends Partial<Omit<RedisSessionStoreOptions, 'redis' | 'rings'>> {
  readonly log?: Log;
}

/** The two stores of users in Redis, with the gateway's own limits but for these. */
export function redisUsers(redis: RedisConnection, { log = recordedLog().log, ...limits }: RedisUsersOptions = {}) {
  const options = { redis, seal, maxNear: 100, perUser: 10, idle: 7_200_000, absolute: 604_800_000, ...limits };
  const rings = new RedisKeyRingStore({ redis, seal: options.seal, keep: options.absolute, log });
  return { sessions: new RedisSessionStore({ ...options, rings }), rings };
}
