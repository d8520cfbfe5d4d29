import { randomBytes, randomInt } from 'node:crypto';
import { ShardedLru } from '../../src/stores/memory/sharded-lru.js';

const keys = Array.from({ length: 40_000 }, () => randomBytes(16).toString('latin1'));
const openIds = Array.from({ length: 40_000 }, () => `o${randomBytes(20).toString('base64url')}`);
const networks = Array.from(
  { length: 40_000 },
  (_, i) => `2001:db8:${(i >> 8).toString(16)}:${(i % 256).toString(16)}::/64`,
);

const numbers = Array.from({ length: 40_000 }, () => randomInt(-(2 ** 31), 2 ** 31));

test.each([1, 100, 10_000, 20_000])('of many entries at most %d are held, and most of that number', (max) => {
  for (const many of [keys, openIds, networks, numbers]) {
    const lru = new ShardedLru<true, string | number>(max);
    for (const key of many) lru.set(key, true);
    const { length } = many.filter((key) => lru.peek(key) !== undefined);
    expect(length).toBeLessThanOrEqual(max + 64);
    expect(length).toBeGreaterThanOrEqual(max * 0.99);
  }
});

test('a large one is nearly full before it drops anything', () => {
  for (const many of [keys, openIds, networks, numbers]) {
    const lru = new ShardedLru<true, string | number>(40_000);
    for (const key of many) lru.set(key, true);
    expect(many.filter((key) => lru.peek(key) !== undefined).length).toBeGreaterThan(40_000 * 0.97);
  }
});

test('a large one drops what was used least recently', () => {
  const lru = new ShardedLru<string>(20_000);
  for (const key of keys.slice(0, 10_000)) lru.set(key, key);
  const [first = '', second = ''] = keys;
  for (const key of keys.slice(10_000)) {
    lru.set(key, key);
    lru.get(first);
  }
  expect(lru.get(first)).toBe(first);
  expect(lru.get(second)).toBeUndefined();
});

test('it tells of every entry that is dropped, deleted or replaced', () => {
  const dropped: string[] = [];
  const lru = new ShardedLru<string>(2, (value) => dropped.push(value));
  lru.set('a', 'replaced');
  lru.set('a', 'dropped');
  lru.set('b', 'deleted');
  lru.set('c', 'kept');
  lru.delete('b');
  expect(dropped).toEqual(['replaced', 'dropped', 'deleted']);
});
