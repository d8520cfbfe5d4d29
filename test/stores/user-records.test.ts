import type { OpenId } from '../../src/domain/app.js';
import { UserRecords } from '../../src/stores/memory/user-records.js';
import { recordKey } from '../../src/stores/memory/packed-user.js';
import { user } from '../harness/people.js';

const [alice = '', bob = '', carol = '', dave = ''] = ['alice', 'bob', 'carol', 'dave'].map((name) =>
  recordKey(user(name)),
);

test('a record is found by its key and by its number, which stays when the record changes', () => {
  const users = new UserRecords(10);
  const number = users.update(alice, () => 'first');
  users.update(bob, (record) => `${record}, and now of another one`);
  expect(users.update(alice, (record) => `${record}, and longer`.repeat(20))).toBe(number);
  const owner = { number, key: alice, record: 'first, and longer'.repeat(20) };
  expect([users.get(alice), users.peek(alice), users.at(number)]).toEqual([owner, owner, owner]);
  expect(users.peek(bob)?.record).toBe('undefined, and now of another one');
  users.write(owner, 'third');
  users.overwrite(owner, 1, 'ick');
  expect(users.peek(alice)).toEqual({ ...owner, record: 'tickd' });
  expect(users.peek(carol)).toBeUndefined();
});

test('the number of a dropped record is nobody’s, and then the next one’s', () => {
  const users = new UserRecords(2);
  const number = users.update(alice, () => 'of alice');
  users.update(bob, () => 'of bob');
  users.get(alice);
  users.update(carol, () => 'of carol');
  expect([alice, bob, carol].map((key) => users.peek(key)?.record)).toEqual(['of alice', undefined, 'of carol']);
  users.get(carol);
  users.update(bob, () => 'of bob again');
  expect(users.at(number)).toBeUndefined();
  users.update(dave, () => 'of dave');
  expect(users.at(number)).toEqual({ number, key: dave, record: 'of dave' });
});

test('of so many users that some share a place in the index, each has their own record', () => {
  const keys = Array.from({ length: 300_000 }, (_, i) => recordKey({ ...user('alice'), openId: `o${i}` as OpenId }));
  const users = new UserRecords(1_000_000);
  for (const key of keys) users.update(key, () => `of ${key}`);
  expect(keys.filter((key) => users.peek(key)?.record === `of ${key}`).length).toBe(keys.length);
});
