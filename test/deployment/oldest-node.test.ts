import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const { engines } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as { engines: { node: string } };
const oldest = `${engines.node.replace('>=', '')}.0`;

/** Packages of the lock file whose `engines` exclude this version: `npm ci` warns of each with EBADENGINE. */
function packagesWithout(node: string): string[] {
  const query = `:attr(engines, [node]):not(:semver(${node}, :attr(engines, [node])))`;
  const output = execFileSync('npm', ['query', query, '--package-lock-only'], { cwd: ROOT, encoding: 'utf8' });
  return (JSON.parse(output) as { pkgid: string }[]).map(({ pkgid }) => pkgid);
}

test('no package that is installed warns of the oldest Node', () => {
  expect(oldest).toMatch(/^\d+\.\d+\.0$/);
  expect(packagesWithout(oldest)).toEqual([]);
});

test('packages that need a newer Node would be found', () => {
  expect(packagesWithout('12.0.0')).not.toEqual([]);
});
