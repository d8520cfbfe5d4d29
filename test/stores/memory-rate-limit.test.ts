import { MemoryRateLimit } from '../../src/stores/memory/memory-rate-limit.js';
import { ManualClock } from '../harness/manual-clock.js';
import { describeRateLimit } from './contract/rate-limit.js';

describeRateLimit('MemoryRateLimit', async (options) => {
  const clock = new ManualClock();
  return {
    store: new MemoryRateLimit({ ...options, clock, max: 1000 }),
    advance: async (by) => clock.advance(by),
    close: async () => undefined,
  };
});

test('MemoryRateLimit forgets the subject that asked least recently where it counts one too many', async () => {
  const options = { name: 'login_by_address', limit: 1, window: 1000, clock: new ManualClock(), max: 2 } as const;
  const limit = new MemoryRateLimit(options);
  const isAdmitted = async (subject: string) => (await limit.count(subject)).admitted;
  expect([await isAdmitted('a'), await isAdmitted('b'), await isAdmitted('c')]).toEqual([true, true, true]);
  expect([await isAdmitted('b'), await isAdmitted('c'), await isAdmitted('a')]).toEqual([false, false, true]);
});
