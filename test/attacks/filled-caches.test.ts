import { execFileSync } from 'node:child_process';

/** MiB of heap that each cache may keep alive; docs/threat-model.md has the table. */
const BOUNDS: Readonly<Record<string, number>> = {
  'parsed documents': 6,
  'compiled documents': 14,
  'spellings of trusted documents': 2,
  'remembered codes': 70,
  'counted addresses': 25,
};

let kept: Readonly<Record<string, number>>;
beforeAll(() => {
  const node = ['--expose-gc', '--import', 'tsx', 'test/attacks/filled-caches.ts'];
  kept = JSON.parse(execFileSync(process.execPath, node, { encoding: 'utf8' })) as typeof kept;
});

test('every cache that is filled has a bound', () => {
  expect(Object.keys(kept).toSorted()).toEqual(Object.keys(BOUNDS).toSorted());
});

test.each(Object.entries(BOUNDS))('%s, filled past their limit with the largest, keep under %d MiB', (name, bound) => {
  expect(kept[name]).toBeLessThan(bound);
  // A filler that fills nothing would pass above.
  expect(kept[name]).toBeGreaterThan(0.2);
});
