import fc from 'fast-check';
import { RecordPool } from '../../src/stores/memory/record-pool.js';

/** Of every length up to several blocks; no two bytes beside each other are the same. */
const content = fc
  .record({ length: fc.integer({ min: 1, max: 700 }), first: fc.nat(255) })
  .map(({ length, first }) => Buffer.from(Array.from({ length }, (_, i) => first + i)).toString('latin1'));

/** What is done to the pool: a new record; another content for one of those there are, or a part of it; or its end. */
const step = fc.record({
  what: fc.constantFrom('add', 'write', 'overwrite', 'release'),
  which: fc.nat(),
  place: fc.nat(),
  content,
});

test('every record reads as it was written last, whatever was written, released and taken again around it', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50, size: 'max' }), (steps) => {
      const pool = new RecordPool();
      const contents = new Map<number, string>();
      const released = new Set<number>();
      for (const { what, which, place, content } of steps) {
        const record = [...contents.keys()][which % contents.size];
        if (what === 'add' || record === undefined) contents.set(pool.add(content), content);
        else if (what === 'write') {
          pool.write(record, content);
          contents.set(record, content);
        } else if (what === 'overwrite') {
          const before = contents.get(record) ?? '';
          const start = place % before.length;
          const part = content.slice(0, before.length - start);
          pool.overwrite(record, start, part);
          contents.set(record, before.slice(0, start) + part + before.slice(start + part.length));
        } else {
          pool.release(record);
          contents.delete(record);
          released.add(record);
        }
        for (const [each, expected] of contents) expect(pool.read(each)).toBe(expected);
        const none = [...released].filter((each) => !contents.has(each));
        expect(none.map((each) => pool.read(each))).toEqual(none.map(() => undefined));
      }
    }),
  );
});

test('the parts of a long record are no records', () => {
  const pool = new RecordPool();
  const record = pool.add('x'.repeat(700));
  const after = pool.add('y');
  const between = Array.from({ length: after - record - 1 }, (_, i) => pool.read(record + 1 + i));
  expect(between.length).toBeGreaterThan(3);
  expect(between.every((read) => read === undefined)).toBe(true);
});

test('what was released or shortened is taken again: a pool in which records come and go does not grow', () => {
  const pool = new RecordPool();
  const numbers = new Set<number>();
  for (let i = 0; i < 10_000; i += 1) {
    const record = pool.add('x'.repeat(700));
    pool.write(record, 'x');
    const other = pool.add('y'.repeat(100));
    numbers.add(record).add(other);
    pool.release(record);
    pool.release(other);
  }
  expect(Math.max(...numbers)).toBeLessThan(10);
});

test('nothing is left of a content that was released, shortened or replaced', () => {
  const memory: ArrayBuffer[] = [];
  const pool = new RecordPool((bytes) => {
    const allocated = new ArrayBuffer(bytes);
    memory.push(allocated);
    return allocated;
  });
  const isThere = (text: string) => memory.some((part) => Buffer.from(part).includes(text));
  const [released, shortened, replaced] = ['one', 'two', 'three'].map((name) => pool.add(`secret ${name} `.repeat(50)));
  expect(['secret one', 'secret two', 'secret three'].map(isThere)).toEqual([true, true, true]);
  pool.release(released ?? 0);
  pool.write(shortened ?? 0, 'short');
  pool.write(replaced ?? 0, 'other '.repeat(100));
  expect(isThere('secret')).toBe(false);
});

test('numbers go on beyond the first chunk of memory', () => {
  const pool = new RecordPool();
  const records = Array.from({ length: 20_000 }, (_, i) => pool.add(`record ${i}`));
  expect(records.map((record) => pool.read(record))).toEqual(records.map((_, i) => `record ${i}`));
});
