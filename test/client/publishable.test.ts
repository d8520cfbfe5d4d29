import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { manifest, PACKAGE } from '../harness/published-client.js';

/* What the npm registry, bundlers and TypeScript make of the client's package, without a registry. */

/** Milliseconds: npm and the type checker take long where the machine is busy. */
jest.setTimeout(180_000);

const BIN = fileURLToPath(new URL('../../node_modules/.bin/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'publishable-'));
const tarball = join(folder, `${manifest.name}-${manifest.version}.tgz`);
let packed: readonly string[];

beforeAll(() => {
  const [report] = JSON.parse(npm('pack', PACKAGE, '--pack-destination', folder).stdout) as Packed[];
  packed = report?.files.map(({ path }) => path) ?? [];
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Packed {
  readonly files: readonly { readonly path: string }[];
}

function npm(...args: readonly string[]) {
  return spawnSync('npm', [...args, '--json', '--offline'], { encoding: 'utf8' });
}

test('it has what a reader of a registry looks for, and no sources', () => {
  expect(packed).toEqual(
    expect.arrayContaining(['README.md', 'CHANGELOG.md', 'LICENSE', 'package.json', 'esm/index.js', 'esm/index.d.ts']),
  );
  expect(packed.filter((file) => /(?<!\.d)\.ts$|\.map$|tsconfig|example/.test(file))).toEqual([]);
});

test('npm publish --dry-run would publish all of it', () => {
  const { status, stdout } = npm('publish', PACKAGE, '--dry-run');
  expect(status).toBe(0);
  for (const file of packed) expect(stdout).toContain(JSON.stringify(file));
});

test('publint finds nothing', async () => {
  const bytes = readFileSync(tarball);
  const { messages } = await publint({ pack: { tarball: new Uint8Array(bytes).buffer }, strict: true });
  expect(messages).toEqual([]);
});

test('arethetypeswrong finds nothing for ES modules and bundlers', () => {
  const args = [tarball, '--profile', 'esm-only', '--no-definitely-typed'];
  // A schema has no types.
  const found = spawnSync(`${BIN}attw`, [...args, '--exclude-entrypoints', 'schema.graphql', '--no-emoji'], {
    encoding: 'utf8',
  });
  expect({ status: found.status, output: found.stdout }).toMatchObject({ status: 0 });
  expect(found.stdout).toContain(`"${manifest.name}/document-nodes"`);
});

test('its changelog has its version, or what is not released yet', () => {
  const changelog = readFileSync(join(PACKAGE, 'CHANGELOG.md'), 'utf8');
  expect(changelog).toContain(`\n## [${manifest.version}]`);
});
