import { StoreSeal } from '../../src/crypto/store-seal.js';
import type { Milliseconds } from '../../src/domain/clock.js';
import type { Log } from '../../src/domain/log.js';
import type { RedisConnection } from '../../src/stores/redis/redis-connection.js';
import { RedisKeyRingStore } from '../../src/stores/redis/redis-key-ring-store.js';
import { RedisSessionStore, type RedisSessionStoreOptions } from '../../src/stores/redis/redis-session-store.js';
import { RedisUserRecords } from '../../src/stores/redis/redis-user-records.js';
import { sessionLife } from '../../src/stores/redis/session-life.js';
import { recordedLog } from './recorded-log.js';

/** What the stores of a test seal with. */
export const seal = new StoreSeal([{ id: 'a', key: Buffer.alloc(32, 1) }]);

interface RedisUsersOptions extends Partial<Omit<RedisSessionStoreOptions, 'redis' | 'records' | 'life'>> {
  readonly log?: Log;
  readonly idle?: Milliseconds;
  readonly absolute?: Milliseconds;
  readonly touchEvery?: Milliseconds;
}

/** The two stores of users in Redis, with the gateway's own limits but for these. */
export function redisUsers(redis: RedisConnection, options: RedisUsersOptions = {}) {
  const { log = recordedLog().log, idle = 7_200_000, absolute = 604_800_000, touchEvery, ...limits } = options;
  const life = sessionLife(idle, absolute, touchEvery);
  const shared = { redis, seal, perUser: 10, ...limits };
  const records = new RedisUserRecords({ ...shared, keep: life.timeToLive, log });
  return {
    sessions: new RedisSessionStore({ maxNear: 100, ...shared, records, life }),
    rings: new RedisKeyRingStore(records),
    records,
  };
}
