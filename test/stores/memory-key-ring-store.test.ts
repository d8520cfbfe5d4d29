import { MemoryKeyRingStore } from '../../src/stores/memory/memory-key-ring-store.js';
import { UserRecords } from '../../src/stores/memory/user-records.js';
import { ManualClock } from '../harness/manual-clock.js';
import { sessionKey, user } from '../harness/people.js';
import { describeKeyRingStore } from './contract/key-ring-store.js';

describeKeyRingStore('MemoryKeyRingStore', async ({ keep }) => {
  const clock = new ManualClock();
  return {
    store: new MemoryKeyRingStore({ clock, users: new UserRecords(1000), keep }),
    advance: async (by) => clock.advance(by),
    close: async () => undefined,
  };
});

test('MemoryKeyRingStore drops the least recently used ring where there is one too many', async () => {
  const store = new MemoryKeyRingStore({ clock: new ManualClock(), users: new UserRecords(2), keep: 1000 });
  const ring = [{ key: sessionKey('a'), askedAt: 0, learnedAt: 0, supersededAt: null }];
  for (const name of ['alice', 'bob']) await store.update(user(name), () => ring);
  await store.find(user('alice'));
  await store.update(user('carol'), () => ring);
  const rings = await Promise.all(['alice', 'bob', 'carol'].map((name) => store.find(user(name))));
  expect(rings.map(({ length }) => length)).toEqual([1, 0, 1]);
});
