import fc from 'fast-check';
import { RecordPool } from '../../src/stores/memory/record-pool.js';

const content = fc.uint8Array({ minLength: 1, maxLength: 700 }).map((bytes) => Buffer.from(bytes).toString('latin1'));

/** What is done to the pool: a new record, or another content for one of those there are, or the end of one of them. */
const step = fc.record({
  what: fc.constantFrom('add', 'write', 'release'),
  which: fc.nat(),
  content,
});

test('every record reads as it was written last, whatever was written, released and taken again around it', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const pool = new RecordPool();
      const contents = new Map<number, string>();
      const released = new Set<number>();
      for (const { what, which, content } of steps) {
        const record = [...contents.keys()][which % contents.size];
        if (what === 'add' || record === undefined) contents.set(pool.add(content), content);
        else if (what === 'write') {
          pool.write(record, content);
          contents.set(record, content);
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
