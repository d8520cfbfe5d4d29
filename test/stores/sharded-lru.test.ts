import { randomBytes } from 'node:crypto';
import { ShardedLru } from '../../src/stores/memory/sharded-lru.js';
import { ManualClock } from '../harness/manual-clock.js';

const keys = Array.from({ length: 40_000 }, () => randomBytes(16).toString('latin1'));
const openIds = Array.from({ length: 40_000 }, () => `o${randomBytes(20).toString('base64url')}`);
const networks = Array.from(
  { length: 40_000 },
  (_, i) => `2001:db8:${(i >> 8).toString(16)}:${(i % 256).toString(16)}::/64`,
);

test.each([1, 100, 10_000, 20_000])('of many entries at most %d are held, and most of that number', (max) => {
  for (const many of [keys, openIds, networks]) {
    const lru = new ShardedLru(max);
    for (const key of many) lru.set(key, key);
    const { length } = many.filter((key) => lru.peek(key) !== undefined);
    expect(length).toBeLessThanOrEqual(max + 64);
    expect(length).toBeGreaterThanOrEqual(max * 0.99);
  }
});

test('a large one is nearly full before it drops anything', () => {
  for (const many of [keys, openIds, networks]) {
    const lru = new ShardedLru(40_000);
    for (const key of many) lru.set(key, key);
    expect(many.filter((key) => lru.peek(key) !== undefined).length).toBeGreaterThan(40_000 * 0.97);
  }
});

test('a large one drops what was used least recently', () => {
  const lru = new ShardedLru(20_000);
  for (const key of keys.slice(0, 10_000)) lru.set(key, key);
  const [first = '', second = ''] = keys;
  for (const key of keys.slice(10_000)) {
    lru.set(key, key);
    lru.get(first);
  }
  expect(lru.get(first)).toBe(first);
  expect(lru.get(second)).toBeUndefined();
});

test('an entry that nobody got for the idle time is gone, to the millisecond; a look alone does not keep it', () => {
  const clock = new ManualClock();
  const lru = new ShardedLru(10, { after: 1000, clock });
  lru.set('key', 'value');
  clock.advance(999);
  expect(lru.get('key')).toBe('value');
  clock.advance(999);
  expect(lru.peek('key')).toBe('value');
  clock.advance(1);
  expect(lru.peek('key')).toBeUndefined();
  expect(lru.get('key')).toBeUndefined();
});
