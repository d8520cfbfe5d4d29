import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PACKAGE_ROOT } from './package-root.js';

/*
 * Runs the short pass of the tests on each supported Node, which npm brings into a temporary folder. Arguments: other
 * versions than these.
 */

/** The oldest release and the majors, as semver ranges. */
const SUPPORTED = ['20.19', '22', '24', '26'];

/** Start, login, decrypt, race, logout, drain, and the client as it is in dist. */
const SHORT_PASS = [
  'test/cli/start-and-stop',
  'test/end-to-end/login-and-decrypt',
  'test/end-to-end/refresh-race',
  'test/end-to-end/sessions',
  'test/client/',
];

/** Whether a program ended with status 0; its output goes to the terminal. */
function succeeds(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): boolean {
  return spawnSync(program, args, { cwd: fileURLToPath(PACKAGE_ROOT), env, stdio: 'inherit' }).status === 0;
}

/** Installs the release, runs the short pass on it, and tells how that went. */
function outcomeOn(version: string, folder: string): string {
  const name = `node-${process.platform}-${process.arch}`;
  const install = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--silent', `${name}@${version}`];
  if (!succeeds('npm', install)) return `${version}: npm has no ${name}@${version}`;
  const bin = join(folder, 'node_modules', name, 'bin');
  const node = join(bin, 'node');
  const release = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  // What the tests start by name runs on this Node as well.
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` };
  const passed = succeeds(node, ['node_modules/jest/bin/jest.js', '--maxWorkers=1', ...SHORT_PASS], env);
  return `${release}: ${passed ? 'passed' : 'FAILED'}`;
}

const asked = process.argv.slice(2);
const outcomes = (asked.length > 0 ? asked : SUPPORTED).map((version) => {
  const folder = mkdtempSync(join(tmpdir(), 'node-release-'));
  try {
    return outcomeOn(version, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
process.stdout.write(`\n${outcomes.join('\n')}\n`);
process.exitCode = outcomes.every((outcome) => outcome.endsWith(': passed')) ? 0 : 1;
