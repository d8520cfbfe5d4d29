import type { OpenId } from '../../src/domain/app.js';
import { UserRecords } from '../../src/stores/memory/user-records.js';
import { recordKey } from '../../src/stores/memory/packed-user.js';
import { user } from '../harness/people.js';

const [alice = '', bob = '', carol = '', dave = ''] = ['alice', 'bob', 'carol', 'dave'].map((name) =>
  recordKey(user(name)),
);

test('a record is found by its key and by its number, which stays when the record changes', () => {
  const users = new UserRecords(10);
  const number = users.set(alice, 'first');
  users.set(bob, 'of another one');
  expect(users.set(alice, 'second, and longer '.repeat(20))).toBe(number);
  const record = 'second, and longer '.repeat(20);
  expect(users.get(alice)).toBe(record);
  expect(users.at(number)).toEqual({ number, key: alice, record });
  expect(users.peek(carol)).toBeUndefined();
});

test('the number of a dropped record is nobody’s, and then the next one’s', () => {
  const users = new UserRecords(2);
  const number = users.set(alice, 'of alice');
  users.set(bob, 'of bob');
  users.get(alice);
  users.set(carol, 'of carol');
  expect([users.peek(alice), users.peek(bob), users.peek(carol)]).toEqual(['of alice', undefined, 'of carol']);
  users.get(carol);
  users.set(bob, 'of bob again');
  expect(users.at(number)).toBeUndefined();
  users.set(dave, 'of dave');
  expect(users.at(number)).toEqual({ number, key: dave, record: 'of dave' });
});

test('of so many users that some share a place in the index, each has their own record', () => {
  const keys = Array.from({ length: 300_000 }, (_, i) => recordKey({ ...user('alice'), openId: `o${i}` as OpenId }));
  const users = new UserRecords(1_000_000);
  for (const key of keys) users.set(key, `of ${key}`);
  expect(keys.filter((key) => users.peek(key) === `of ${key}`).length).toBe(keys.length);
});
