import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportCommand } from './command.js';
import type { Figure } from './figure.js';
import type { Suite, SuiteFiles } from './suites.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'report-test-'))));
afterEach(() => rmSync(folder, { recursive: true }));

interface Made {
  readonly figures?: readonly Figure[];
  readonly tables?: string;
  /** Tests by name, and whether each passed. */
  readonly tests?: Readonly<Record<string, boolean>>;
  readonly status?: number;
}

/** A suite that writes these things where a suite writes them, and ends with this status. */
function suite(name: string, { figures = [], tables, tests, status = 0 }: Made): Suite {
  const results = tests && {
    testResults: [
      {
        name: `/somewhere/${name}.faults.ts`,
        status: status === 0 ? 'passed' : 'failed',
        assertionResults: Object.entries(tests).map(([fullName, passed]) => ({
          fullName,
          status: passed ? 'passed' : 'failed',
        })),
      },
    ],
  };
  const script = (files: SuiteFiles) => `
    const { appendFileSync, writeFileSync } = require('node:fs');
    for (const figure of ${JSON.stringify(figures)}) appendFileSync(process.env.FIGURES_FILE, JSON.stringify(figure) + '\\n');
    ${results === undefined ? '' : `writeFileSync(${JSON.stringify(files.results)}, ${JSON.stringify(JSON.stringify(results))});`}
    ${tables === undefined ? '' : `writeFileSync(${JSON.stringify(files.tables)}, ${JSON.stringify(tables)});`}
    process.exit(${status});`;
  return { name, command: (files) => [process.execPath, '-e', script(files)] };
}

async function report(full: readonly Suite[], quick: readonly Suite[] = [], ...args: string[]) {
  const out = join(folder, 'report.md');
  const status = await reportCommand(['--out', out, ...args], { full, quick });
  return { status, text: readFileSync(out, 'utf8') };
}

const within: Figure = { what: 'the slowest answer', measured: 12.345, unit: 'ms', atMost: 100, range: [11, 14.04] };
const broken: Figure = { what: 'decryptPhone, of mercurius', measured: 1.66, unit: 'times', atLeast: 1.8 };
const told: Figure = { what: 'logins', measured: 46_023, unit: '', file: 'start.faults.ts' };

test('every figure stands beside its bound, and the status is 0 if all are met', async () => {
  const { status, text } = await report([
    suite('load', { figures: [within], tables: '| the | page |' }),
    suite('faults', { figures: [told], tests: { holds: true } }),
  ]);
  expect(status).toBe(0);
  expect(text).toContain('| the slowest answer | 12.3 ms (11 to 14) | at most 100 ms | yes |');
  expect(text).toContain('| logins | 46,023 |  |  | start.faults.ts |');
  expect(text).toContain('1 of 1 bounds are met; 0 of 2 suites failed.');
  expect(text).toContain('## Tables: load\n\n| the | page |');
  expect(text).not.toContain('## Not met');
});

test('a bound that is not met is told first, and makes the status 1', async () => {
  const { status, text } = await report([suite('load', { figures: [within, broken] })]);
  expect(status).toBe(1);
  const row = '| decryptPhone, of mercurius | 1.66 times | at least 1.8 times | **no** |';
  expect(text.indexOf(row)).toBeLessThan(text.indexOf('## load'));
  expect(text.lastIndexOf(row)).toBeGreaterThan(text.indexOf('## load'));
});

test('what could not be measured does not meet its bound', async () => {
  const endless = suite('faults', { figures: [{ ...within, measured: null }] });
  const { status, text } = await report([endless]);
  expect(status).toBe(1);
  expect(text).toContain('| the slowest answer | nothing | at most 100 ms | **no** |');
});

test('failed tests are named, and the suites after them run', async () => {
  const { status, text } = await report([
    suite('outage', { tests: { 'comes back': true, 'loses nothing': false }, status: 1 }),
    suite('later', { figures: [within] }),
  ]);
  expect(status).toBe(1);
  expect(text).toContain('- outage: outage.faults.ts: loses nothing');
  expect(text).not.toContain('comes back');
  expect(text).toContain('## later');
});

test.each([
  ['ends with another status than 0', suite('crash', { figures: [within], status: 3 }), 'crash: ended with status 3'],
  [
    'has a file that could not be run',
    suite('broken', { tests: {}, status: 1 }),
    'broken: broken.faults.ts could not be run',
  ],
])('a suite that %s has failed', async (_how, failing, line) => {
  const { status, text } = await report([failing]);
  expect(status).toBe(1);
  expect(text).toContain(`- ${line}`);
});

test('--quick runs the short suites, and the report tells version, commit, Node and cores', async () => {
  const { text } = await report([suite('long', {})], [suite('short', {})], '--quick');
  expect(text).toContain('## short');
  expect(text).not.toContain('## long');
  expect(text).toContain('A quick run');
  expect(text).toMatch(/^# Report of version \d+\.\d+\.\d+/);
  expect(text).toMatch(/Commit .+, \d{4}-\d\d-\d\d \d\d:\d\d, Node \d+\.\d+\.\d+, \d+ cores/);
});

test('an unknown option is refused before anything runs', async () => {
  await expect(report([suite('long', {})], [], '--quik')).rejects.toThrow('--quik');
});
