import { execFileSync } from 'node:child_process';

const MIB = 1024 * 1024;

/** Heap in MiB that each cache may retain if strangers fill it; docs/threat-model.md has the table. */
const BOUNDS: Readonly<Record<string, number>> = {
  'parsed documents': 6,
  'compiled documents': 14,
  'spellings of trusted documents': 2,
  'remembered codes': 70,
  'counted addresses': 25,
  'near copies': 1,
};

test.each(Object.entries(BOUNDS))(
  '%s, filled past their limit with the largest entries, retain less than %d MiB',
  (name, bound) => {
    const node = ['--expose-gc', '--import', 'tsx', 'test/attacks/filled-caches.ts', name];
    const kept = Number(execFileSync(process.execPath, node, { encoding: 'utf8' })) / MIB;
    expect(kept).toBeLessThan(bound);
    // A filler that fills nothing would pass the test above.
    expect(kept).toBeGreaterThan(0.2);
  },
);
