import { RecordIndex } from '../../src/stores/memory/record-index.js';

/** An index over records of which each is the one of this id. */
function indexOf(owners: readonly string[], max = 100) {
  const dropped: number[] = [];
  const index = new RecordIndex({
    max,
    read: (record, id) => (owners[record] === id ? `record ${record}` : undefined),
    dropped: (record) => dropped.push(record),
  });
  return { index, dropped };
}

test('a record is found by the id that is in it, and by no other one', () => {
  const { index } = indexOf(['alice', 'bob']);
  index.add('alice', 0);
  index.add('bob', 1);
  index.add('carol', 0);
  expect(['alice', 'bob', 'carol', 'dave'].map((id) => index.get(id))).toEqual([
    'record 0',
    'record 1',
    undefined,
    undefined,
  ]);
});

test('ids that fall on one place are told apart by their records', () => {
  // What lies where alice is looked for first, second and third is of others.
  const { index, dropped } = indexOf(['bob', 'carol', 'dave', 'alice']);
  for (const record of [0, 1, 2, 3]) index.add('alice', record);
  expect([index.peek('alice'), index.get('alice')]).toEqual(['record 3', 'record 3']);
  index.delete('alice');
  expect(index.get('alice')).toBeUndefined();
  expect(dropped).toEqual([3]);
});

test('where every place is taken by others, one of them is dropped', () => {
  const { index, dropped } = indexOf(['bob', 'carol', 'dave', 'erin', 'alice']);
  for (const record of [0, 1, 2, 3, 4]) index.add('alice', record);
  expect(index.get('alice')).toBe('record 4');
  expect(dropped).toEqual([3]);
});

test('one record too many drops the one that was got least recently; a look is no use', () => {
  const { index, dropped } = indexOf(['alice', 'bob', 'carol', 'dave'], 3);
  ['alice', 'bob', 'carol'].forEach((id, record) => index.add(id, record));
  index.get('alice');
  index.peek('bob');
  index.add('dave', 3);
  expect(dropped).toEqual([1]);
  expect(['alice', 'carol', 'dave'].map((id) => index.get(id))).toEqual(['record 0', 'record 2', 'record 3']);
});

test('a known record can be used without being read', () => {
  const { index, dropped } = indexOf(['bob', 'alice', 'carol', 'dave'], 3);
  // What lies where alice is looked for first is bob's.
  index.add('alice', 0);
  index.add('alice', 1);
  index.add('carol', 2);
  index.use('alice', 1);
  index.add('dave', 3);
  index.add('erin', 4);
  expect(dropped).toEqual([2, 0]);
});

test('nearly all of twice as many ids as fit are found while they are among the last ones', () => {
  const ids = Array.from({ length: 40_000 }, (_, i) => `id ${i}`);
  const { index } = indexOf(ids, 20_000);
  ids.forEach((id, record) => index.add(id, record));
  const found = ids.filter((id) => index.peek(id) !== undefined);
  expect(found.length).toBeGreaterThan(19_000);
  expect(found.length).toBeLessThanOrEqual(20_100);
});
