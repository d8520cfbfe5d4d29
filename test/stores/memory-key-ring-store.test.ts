import { ManualClock } from '../harness/manual-clock.js';
import { memoryUsers } from '../harness/memory-users.js';
import { learnedKey, user } from '../harness/people.js';
import { describeKeyRingStore } from './contract/key-ring-store.js';

describeKeyRingStore('MemoryKeyRingStore', async ({ keep }) => {
  const clock = new ManualClock();
  return {
    store: memoryUsers(clock, { absolute: keep }),
    advance: async (by) => clock.advance(by),
    close: async () => undefined,
  };
});

describe('the rings of more users than there is room for', () => {
  const named = (name: string) => ({ ...user(name), unionId: null });

  test('that was used least recently goes', async () => {
    const { sessions, rings } = memoryUsers(new ManualClock(), { max: 2 });
    for (const name of ['alice', 'bob']) await sessions.create(named(name), learnedKey('a'));
    await rings.find(user('alice'));
    await sessions.create(named('carol'), learnedKey('a'));
    const found = await Promise.all(['alice', 'bob', 'carol'].map((name) => rings.find(user(name))));
    expect(found.map(({ length }) => length)).toEqual([1, 0, 1]);
  });

  test('a session in use keeps the ring of its user, and others have to go', async () => {
    const { sessions, rings } = memoryUsers(new ManualClock(), { max: 5 });
    const { token } = await sessions.create(named('alice'), learnedKey('a'));
    for (let i = 0; i < 50; i += 1) {
      const { token: other } = await sessions.create(named(`other-${i}`), learnedKey('a'));
      // Users who log out leave their rings, which take up room too.
      await sessions.revoke(other);
      expect(await sessions.find(token)).toBeDefined();
    }
    expect(await rings.find(user('alice'))).toHaveLength(1);
  });

  test('the sessions of a user end with their ring', async () => {
    const { sessions } = memoryUsers(new ManualClock(), { max: 2 });
    const { token } = await sessions.create(named('alice'), learnedKey('a'));
    for (const name of ['bob', 'carol'])
      await sessions.revoke((await sessions.create(named(name), learnedKey('a'))).token);
    expect(await sessions.find(token)).toBeUndefined();
    expect(await sessions.revokeAll(user('alice'))).toBe(0);
  });
});
