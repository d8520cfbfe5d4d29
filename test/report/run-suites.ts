import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { FIGURES_FILE, recorded } from './figure.js';
import type { Outcome } from './markdown.js';
import type { Suite } from './suites.js';

/** Milliseconds after which a suite is ended: several times what the longest takes. */
const DEADLINE = 3_600_000;

/** The part of jest's results that is read. */
interface JestResults {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** Runs one suite after the other, each to its end whatever the others did. Their output goes to standard error. */
export async function runSuites(suites: readonly Suite[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const suite of suites) outcomes.push(await runSuite(suite));
  return outcomes;
}

async function runSuite({ name, command, env }: Suite): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  const [figures, results, tables] = ['figures', 'results', 'tables'].map((file) => join(folder, file)) as [
    string,
    string,
    string,
  ];
  const startedAt = performance.now();
  try {
    const [file, ...args] = command({ results, tables });
    const child = spawn(file, args, {
      env: { ...process.env, ...env, [FIGURES_FILE]: figures },
      // A report on standard output stays the report alone.
      stdio: ['ignore', 2, 2],
      timeout: DEADLINE,
    });
    const [status, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    const failed = failedTests(results);
    return {
      suite: name,
      seconds: (performance.now() - startedAt) / 1_000,
      figures: recorded(figures),
      failures: failed.length > 0 || status === 0 ? failed : [`ended with ${signal ?? `status ${String(status)}`}`],
      tables: existsSync(tables) ? readFileSync(tables, 'utf8') : '',
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** File and name of each test that failed; the file alone if it could not be run. */
function failedTests(results: string): string[] {
  if (!existsSync(results)) return [];
  const { testResults } = JSON.parse(readFileSync(results, 'utf8')) as JestResults;
  return testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, assertionResults }) => {
      const tests = assertionResults.filter(({ status }) => status === 'failed');
      return tests.length > 0
        ? tests.map(({ fullName }) => `${basename(name)}: ${fullName}`)
        : [`${basename(name)} could not be run`];
    });
}
