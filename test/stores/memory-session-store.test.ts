import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fingerprint } from '../../src/crypto/fingerprint.js';
import { MemorySessionStore } from '../../src/stores/memory/memory-session-store.js';
import { UserRecords } from '../../src/stores/memory/user-records.js';
import { ManualClock } from '../harness/manual-clock.js';
import { user } from '../harness/people.js';
import { describeSessionStore } from './contract/session-store.js';

describeSessionStore('MemorySessionStore', async (limits) => {
  const clock = new ManualClock();
  return {
    store: new MemorySessionStore({ clock, users: new UserRecords(1000), max: 1000, ...limits }),
    advance: async (by) => clock.advance(by),
    close: async () => undefined,
  };
});

describe('MemorySessionStore is bounded', () => {
  const alice = { ...user('alice'), unionId: null };
  const bob = { ...user('bob'), unionId: null };
  const token = (text: string) => fingerprint('token', text);

  function storeOf(max: number, users = max) {
    const limits = { perUser: 10, idle: 1000, absolute: 2000 };
    return new MemorySessionStore({ clock: new ManualClock(), users: new UserRecords(users), max, ...limits });
  }

  test('ends the least recently used of all sessions where there is one too many', async () => {
    const store = storeOf(3);
    await store.create(token('a'), alice);
    await store.create(token('b'), bob);
    await store.create(token('c'), alice);
    await store.find(token('a'));
    await store.create(token('d'), bob);
    const found = await Promise.all(['a', 'b', 'c', 'd'].map((text) => store.find(token(text))));
    expect(found.map((session) => session?.openId)).toEqual([alice.openId, undefined, alice.openId, bob.openId]);
  });

  test('counts no session that had to go among those that a user ends', async () => {
    const store = storeOf(2);
    for (const text of ['a', 'b', 'c']) await store.create(token(text), alice);
    expect(await store.revokeAll(alice)).toBe(2);
  });

  test('a session ends with its user’s record, also where the next user’s record is kept in the same place', async () => {
    const store = storeOf(10, 1);
    const names = ['a', 'b', 'c', 'd'];
    for (const name of names) await store.create(token(name), { ...user(name), unionId: null });
    const found = await Promise.all(names.map((name) => store.find(token(name))));
    expect(found.map((session) => session?.openId)).toEqual([undefined, undefined, undefined, user('d').openId]);
    expect(await store.revoke(token('a'))).toBe(0);
  });

  test('a look at a session is a use of its user’s record', async () => {
    const store = storeOf(10, 2);
    await store.create(token('a'), alice);
    await store.create(token('b'), bob);
    await store.find(token('a'));
    await store.create(token('c'), { ...user('carol'), unionId: null });
    const found = await Promise.all(['a', 'b', 'c'].map((text) => store.find(token(text))));
    expect(found.map((session) => session !== undefined)).toEqual([true, false, true]);
  });

  test('holds nothing of the users whose sessions had to go', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const used = () => {
      collect();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return heapUsed + arrayBuffers;
    };
    const store = storeOf(10);
    const createFor = async (from: number, to: number) => {
      for (let i = from; i < to; i++)
        await store.create(token(`token ${i}`), { ...user(`user ${i}`.replace(' ', '-')), unionId: null });
    };
    await createFor(0, 1000);
    const before = used();
    await createFor(1000, 61_000);
    expect(used() - before).toBeLessThan(4_000_000);
    expect(await store.find(token('token 60999'))).toBeDefined();
  });
});
