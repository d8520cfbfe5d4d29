import type { Config } from '../config/config.js';
import type { Clock } from '../domain/clock.js';
import type { Log } from '../domain/log.js';
import type { RedisObserver } from '../domain/redis-observer.js';
import { MemoryFailureBudget } from '../stores/memory/memory-failure-budget.js';
import { MemoryKeyRingStore } from '../stores/memory/memory-key-ring-store.js';
import { MemoryOnce } from '../stores/memory/memory-once.js';
import { MemorySessionStore } from '../stores/memory/memory-session-store.js';
import { MemoryUsers } from '../stores/memory/memory-users.js';
import type { Stores } from '../stores/stores.js';
import { rateLimits } from './rate-limits.js';

/** Session keys whose failures are counted in memory. Only users who logged in have one. */
export const MAX_COUNTED_KEYS = 100_000;
/** Codes of logins and taps remembered in memory: 100 s at 1,000 a second. Weixin rejects used codes itself, too. */
export const MAX_REMEMBERED_CODES = 100_000;

export async function openStores(config: Config, log: Log, clock: Clock, observer: RedisObserver): Promise<Stores> {
  if (config.redis === undefined) return memoryStores(config, clock);
  // Loaded on demand: without Redis, its client would only slow down the start.
  const { redisStores } = await import('./redis-stores.js');
  return redisStores(config, config.redis, log, observer);
}

/** Keeps all state in this process. */
export function memoryStores(config: Config, clock: Clock): Stores {
  const users = new MemoryUsers(config.sessionMax);
  return {
    sessions: new MemorySessionStore({
      clock,
      users,
      perUser: config.sessionsPerUser,
      idle: config.sessionIdle,
      absolute: config.sessionAbsolute,
    }),
    rings: new MemoryKeyRingStore({ clock, users }),
    budget: new MemoryFailureBudget({
      clock,
      max: MAX_COUNTED_KEYS,
      limit: config.decryptFailureLimit,
      window: config.decryptFailureWindow,
    }),
    once: new MemoryOnce({ clock, max: MAX_REMEMBERED_CODES }),
    limits: rateLimits(config, clock),
    accessTokens: undefined,
    clock,
    hasNearCopies: undefined,
    sessionsHeld: () => ({ count: users.sessionCount, max: config.sessionMax }),
    unopenedRecords: () => 0,
    state: () => 'up',
    close: async () => undefined,
  };
}
