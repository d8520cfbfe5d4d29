import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { isMet } from './figure.js';
import { type Machine, reportMarkdown } from './markdown.js';
import { runSuites } from './run-suites.js';
import { FULL, QUICK, type Suite } from './suites.js';

/**
 * Runs the suites and writes their report to the file after `--out`, or to standard output. Resolves with the exit status:
 * 1 if a suite failed or a bound is not met.
 */
export async function reportCommand(
  args: readonly string[],
  suites: { readonly full: readonly Suite[]; readonly quick: readonly Suite[] } = { full: FULL, quick: QUICK },
): Promise<0 | 1> {
  const { values: options } = parseArgs({
    args: [...args],
    options: {
      /** About three minutes; figures to look at, not to publish. */
      quick: { type: 'boolean', default: false },
      /** Where the report goes, as Markdown. */
      out: { type: 'string' },
    },
  });
  const here = machine(options.quick);
  const outcomes = await runSuites(options.quick ? suites.quick : suites.full);
  const text = reportMarkdown(here, outcomes);
  if (options.out === undefined) process.stdout.write(text);
  else writeFileSync(options.out, text);
  const isGood = outcomes.every(
    ({ failures, figures }) => failures.length === 0 && !figures.some((each) => isMet(each) === false),
  );
  return isGood ? 0 : 1;
}

function machine(isQuick: boolean): Machine {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const [loadBefore = NaN] = loadavg();
  return {
    version,
    commit: commit(),
    date: new Date().toISOString().slice(0, 16).replace('T', ' '),
    node: process.versions.node,
    cores: availableParallelism(),
    loadBefore,
    isQuick,
  };
}

/** The commit that is checked out, and whether files differ from it; of a package without a repository, unknown. */
function commit(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const isChanged = git('status', '--porcelain', '--untracked-files=no') !== '';
    return `${git('rev-parse', '--short', 'HEAD').trim()}${isChanged ? ' with changes' : ''}`;
  } catch {
    return 'unknown';
  }
}
