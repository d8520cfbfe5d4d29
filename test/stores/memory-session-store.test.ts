import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Token } from '../../src/crypto/token.js';
import { ManualClock } from '../harness/manual-clock.js';
import { memoryUsers } from '../harness/memory-users.js';
import { learnedKey, user } from '../harness/people.js';
import { describeSessionStore } from './contract/session-store.js';

describeSessionStore('MemorySessionStore', async (limits) => {
  const clock = new ManualClock();
  return {
    store: memoryUsers(clock, limits).sessions,
    advance: async (by) => clock.advance(by),
    close: async () => undefined,
  };
});

describe('MemorySessionStore is bounded', () => {
  /** A store of so many sessions, and logins in it by name; `live` tells which of their sessions are. */
  function storeOf(max: number) {
    const { sessions } = memoryUsers(new ManualClock(), { max, idle: 1000, absolute: 2000 });
    const logIn = async (name: string) =>
      (await sessions.create({ ...user(name), unionId: null }, learnedKey('a'))).token;
    const live = async (...tokens: Token[]) =>
      Promise.all(tokens.map(async (token) => (await sessions.find(token)) !== undefined));
    return { sessions, logIn, live };
  }

  test('ends the least recently used of all sessions where there is one too many', async () => {
    const { sessions, logIn, live } = storeOf(3);
    const [a, b, c] = [await logIn('alice'), await logIn('bob'), await logIn('alice')];
    await sessions.find(a);
    const d = await logIn('bob');
    expect(await live(a, b, c, d)).toEqual([true, false, true, true]);
  });

  test('counts no session that had to go among those that a user ends', async () => {
    const { sessions, logIn } = storeOf(2);
    for (let i = 0; i < 3; i += 1) await logIn('alice');
    expect(await sessions.revokeAll(user('alice'))).toBe(2);
  });

  test('a look at a session is a use of its user, who is kept', async () => {
    const { sessions, logIn, live } = storeOf(2);
    const [a, b] = [await logIn('alice'), await logIn('bob')];
    await sessions.find(a);
    const c = await logIn('carol');
    expect(await live(a, b, c)).toEqual([true, false, true]);
  });

  test('holds nothing of the users whose sessions had to go', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const used = () => {
      collect();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return heapUsed + arrayBuffers;
    };
    const { logIn, live } = storeOf(10);
    for (let i = 0; i < 1000; i += 1) await logIn(`user-${i}`);
    const before = used();
    for (let i = 0; i < 60_000; i += 1) await logIn(`user-${i}`);
    expect(used() - before).toBeLessThan(4_000_000);
    expect(await live(await logIn('last'))).toEqual([true]);
  });
});
