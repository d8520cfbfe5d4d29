import { MemoryLoginLimit } from '../../src/stores/memory/memory-login-limit.js';
import { ManualClock } from '../harness/manual-clock.js';
import { describeLoginLimit } from './contract/login-limit.js';

describeLoginLimit('MemoryLoginLimit', async (options) => {
  const clock = new ManualClock();
  return {
    store: new MemoryLoginLimit({ ...options, clock, max: 1000 }),
    advance: async (by) => clock.advance(by),
    close: async () => undefined,
  };
});
