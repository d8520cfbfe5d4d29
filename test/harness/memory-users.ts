import type { Clock, Milliseconds } from '../../src/domain/clock.js';
import { MemoryKeyRingStore } from '../../src/stores/memory/memory-key-ring-store.js';
import { MemorySessionStore } from '../../src/stores/memory/memory-session-store.js';
import { MemoryUsers } from '../../src/stores/memory/memory-users.js';

export interface MemoryLimits {
  readonly max: number;
  readonly perUser: number;
  readonly idle: Milliseconds;
  readonly absolute: Milliseconds;
}

const LIMITS: MemoryLimits = { max: 100, perUser: 10, idle: 7_200_000, absolute: 604_800_000 };

/** The two stores of users in memory, with the gateway's own limits but for these. */
export function memoryUsers(clock: Clock, limits: Partial<MemoryLimits> = {}) {
  const { max, ...others } = { ...LIMITS, ...limits };
  const users = new MemoryUsers(max);
  return {
    sessions: new MemorySessionStore({ clock, users, ...others }),
    rings: new MemoryKeyRingStore({ clock, users }),
  };
}
