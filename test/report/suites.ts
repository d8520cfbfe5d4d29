/** Files that a suite may write for the report. */
export interface SuiteFiles {
  /** Results of its tests, as `jest --json --outputFile` writes them. */
  readonly results: string;
  /** Markdown that goes into the report as it stands. */
  readonly tables: string;
}

/** Something to run that measures. */
export interface Suite {
  readonly name: string;
  readonly command: (files: SuiteFiles) => readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
}

/** Minutes. The load comes first, while the machine is cool and nothing that a fault left behind can disturb it. */
export const FULL: readonly Suite[] = [
  bench(),
  { name: 'soak', command: () => npm('soak', '--sessions', '100000', '--churn', '30') },
  jest('faults'),
  jest('fuzz'),
];

/** Those that are done soon, to see that the report works. Their figures are not to be published. */
export const QUICK: readonly Suite[] = [
  bench('--quick'),
  jest(
    'faults',
    ['start', 'revocation', 'forgeries', 'hostile-documents'].map((name) => `test/faults/${name}.faults.ts`),
  ),
  { ...jest('fuzz'), env: { FUZZ_MILLIONS: '0.2' } },
];

function bench(...options: string[]): Suite {
  return { name: 'bench', command: ({ tables }) => npm('bench', ...options, '--out', tables) };
}

function jest(name: string, paths: readonly string[] = []): Suite {
  return { name, command: ({ results }) => npm(name, '--json', '--outputFile', results, ...paths) };
}

function npm(script: string, ...args: readonly string[]): readonly [string, ...string[]] {
  return ['npm', 'run', '--silent', script, '--', ...args];
}
