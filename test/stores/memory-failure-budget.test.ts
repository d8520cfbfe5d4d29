import { MemoryFailureBudget } from '../../src/stores/memory/memory-failure-budget.js';
import { sessionKey, user } from '../harness/people.js';
import { ManualClock } from '../harness/manual-clock.js';
import { describeFailureBudget } from './contract/failure-budget.js';

describeFailureBudget('MemoryFailureBudget', async (limits) => {
  const clock = new ManualClock();
  return {
    store: new MemoryFailureBudget({ clock, max: 1000, ...limits }),
    advance: async (by) => clock.advance(by),
    close: async () => undefined,
  };
});

test('MemoryFailureBudget forgets the key that was tried least recently where it counts one too many', async () => {
  const budget = new MemoryFailureBudget({ clock: new ManualClock(), max: 2, limit: 1, window: 1000 });
  const granted = async (name: string) =>
    (await budget.attempt(user('alice'), [sessionKey(name)], () => undefined)).granted;
  expect([await granted('a'), await granted('b'), await granted('c')]).toEqual([true, true, true]);
  expect([await granted('b'), await granted('c'), await granted('a')]).toEqual([false, false, true]);
});
