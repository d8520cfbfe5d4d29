import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Milliseconds: packing builds first. */
import.meta.jest.setTimeout(180_000);

/** What a build needs beside node_modules: what the Dockerfile's first stage copies. */
const SOURCES = [
  'package.json',
  'tsconfig.json',
  'README.md',
  'README.migration.md',
  'README.zh-CN.md',
  'LICENSE',
  'schema',
  'src',
];

const folder = mkdtempSync(join(tmpdir(), 'packed-'));
let files: readonly string[];

beforeAll(() => {
  for (const source of SOURCES) cpSync(source, join(folder, source), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist/of-a-source-long-gone.js'), '');
  execFileSync('npm', ['pack', '--silent'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '';
  const list = execFileSync('tar', ['-tzf', tarball], { cwd: folder, encoding: 'utf8' });
  files = list
    .trim()
    .split('\n')
    .map((file) => file.replace(/^package\//, ''));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  test('holds beside dist what a reader and the running gateway need, and nothing else', () => {
    const operations = readdirSync('schema/operations', { recursive: true })
      .map((file) => `schema/operations/${String(file)}`)
      .filter((file) => file.endsWith('.graphql'));
    expect(files.filter((file) => !file.startsWith('dist/')).toSorted()).toEqual(
      [
        'LICENSE',
        'README.md',
        'README.migration.md',
        'README.zh-CN.md',
        'package.json',
        'schema/introspection.json',
        'schema/schema.graphql',
        'src/client/generated/persisted-documents.json',
        ...operations,
      ].toSorted(),
    );
  });

  test('holds no tests, no maps, no tools of the build, and nothing that its source left behind', () => {
    const dist = files.filter((file) => /^dist\/(?!(explorer|browser|client)\/)/.test(file));
    expect(dist.length).toBeGreaterThan(50);
    const withoutSource = dist.filter((file) => !existsSync(file.replace(/^dist/, 'src').replace(/\.js$/, '.ts')));
    expect(withoutSource).toEqual([]);
    expect(
      files.filter((file) => /\.map$|tsbuildinfo|test|emit-|build-explorer|pack-client|demo\.js/.test(file)),
    ).toEqual([]);
  });

  test('holds the page, and the client as a package of its own', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'dist/browser/page/index.html',
        'dist/browser/page/no-simulator.html',
        'dist/client/package.json',
        'dist/client/LICENSE',
        'dist/client/esm/index.js',
        'dist/client/esm/index.d.ts',
        'dist/client/miniprogram/index.js',
      ]),
    );
  });

  test('holds the explorer with its licences', () => {
    expect(
      files
        .filter((file) => file.startsWith('dist/explorer/'))
        .map((file) => file.slice('dist/explorer/'.length))
        .toSorted(),
    ).toEqual([
      'LICENSES.txt',
      'explorer.css',
      'graphiql.css',
      'graphiql.js',
      'offline.js',
      'page-data.js',
      'react-dom.js',
      'react.js',
      'sandbox.js',
      'token.js',
    ]);
  });
});
