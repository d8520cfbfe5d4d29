import { fingerprint } from '../../src/crypto/fingerprint.js';
import { MemoryOnce } from '../../src/stores/memory/memory-once.js';
import { ManualClock } from '../harness/manual-clock.js';
import { describeOnce } from './contract/once.js';

describeOnce('MemoryOnce', async () => {
  const clock = new ManualClock();
  return {
    store: new MemoryOnce({ clock, max: 1000 }),
    advance: async (by) => clock.advance(by),
    close: async () => undefined,
  };
});

test('MemoryOnce forgets the id that was asked for least recently where it remembers one too many', async () => {
  const once = new MemoryOnce({ clock: new ManualClock(), max: 2 });
  const claim = (name: string) => once.claim(fingerprint('login-code', name));
  const work = async (name: string) => {
    const claimed = await claim(name);
    if (claimed.state === 'mine') await claimed.keep(`of ${name}`, 1000, 1000);
  };
  for (const name of ['a', 'b']) await work(name);
  await claim('a');
  await work('c');
  const states = [await claim('a'), await claim('c'), await claim('b')].map(({ state }) => state);
  expect(states).toEqual(['answered', 'answered', 'mine']);
});
