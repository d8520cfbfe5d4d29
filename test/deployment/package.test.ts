import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { GatewayProcess } from '../harness/gateway-process.js';

/** Milliseconds: packing builds first. */
jest.setTimeout(180_000);

/** What packing needs beside node_modules; the Dockerfile's first stage copies it without the documents. */
const SOURCES = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'docs',
  'schema',
  'src',
  'tools',
];

const folder = mkdtempSync(join(tmpdir(), 'packed-'));
/** Where no package is installed. */
const unpacked = mkdtempSync(join(tmpdir(), 'unpacked-'));
let files: readonly string[];

beforeAll(() => {
  for (const source of SOURCES) cpSync(source, join(folder, source), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist/of-a-source-long-gone.js'), '');
  execFileSync('npm', ['pack', '--silent'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '';
  const list = execFileSync('tar', ['-tzf', tarball], { cwd: folder, encoding: 'utf8' });
  execFileSync('tar', ['-xzf', join(folder, tarball), '-C', unpacked]);
  files = list
    .trim()
    .split('\n')
    .map((file) => file.replace(/^package\//, ''));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(unpacked, { recursive: true, force: true });
});

describe('the package', () => {
  test('holds beside dist what a reader and the running gateway need, and nothing else', () => {
    const operations = readdirSync('schema/operations', { recursive: true })
      .map((file) => `schema/operations/${String(file)}`)
      .filter((file) => file.endsWith('.graphql'));
    const documents = readdirSync('docs', { recursive: true })
      .map((file) => `docs/${String(file)}`)
      .filter((file) => /\.(?:md|png|svg)$|^docs\/(?:deployment|observability)\//.test(file));
    expect(files.filter((file) => !file.startsWith('dist/')).toSorted()).toEqual(
      [
        'LICENSE',
        'README.md',
        'CHANGELOG.md',
        'package.json',
        'schema/introspection.json',
        'schema/schema.graphql',
        'src/client/generated/persisted-documents.json',
        ...operations,
        ...documents,
      ].toSorted(),
    );
  });

  test('holds the bundle with its licences, no tests, no maps, no tools of the build, and nothing of a build before', () => {
    expect(files).toEqual(expect.arrayContaining(['dist/main.js', 'dist/LICENSES.txt']));
    expect(files.filter((file) => /\.map$|tsbuildinfo|test|emit|build|demo|long-gone/.test(file))).toEqual([]);
  });

  test('names what package.json depends on, with its version, among the licences of the bundle', () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object };
    const licences = readFileSync(join(folder, 'dist/LICENSES.txt'), 'utf8');
    const named = [...licences.matchAll(/^== (\S+) (\S+): /gm)].map(([, name = '', version]) => [name, version]);
    expect(named).toEqual(expect.arrayContaining(Object.entries(dependencies)));
  });

  test('holds an SBOM of the bundle', () => {
    expect(readFileSync(join(folder, 'dist/sbom.cdx.json'), 'utf8')).toBe(readFileSync('dist/sbom.cdx.json', 'utf8'));
    expect(files).toContain('dist/sbom.cdx.json');
  });

  test('holds the page, and the client as a package of its own', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'dist/playground/page/index.html',
        'dist/playground/page/no-simulator.html',
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
        .filter((file) => file.startsWith('dist/playground/explorer/'))
        .map((file) => file.slice('dist/playground/explorer/'.length))
        .toSorted(),
    ).toEqual([
      'LICENSES.txt',
      'explorer.css',
      'graphiql.css',
      'graphiql.js',
      'offline.js',
      'react-dom.js',
      'react.js',
      'sandbox.js',
    ]);
  });
});

describe('the package where no other one is installed', () => {
  const main = join(unpacked, 'package/dist/main.js');

  test('reads next to nothing before it looks at the version of Node', () => {
    const loaded = new Set<string>();
    const load = (file: string): void => {
      if (loaded.has(file)) return;
      loaded.add(file);
      const imports = readFileSync(join(unpacked, 'package/dist', file), 'utf8').matchAll(
        /^(?:import|export)\s[^;]*?"\.\/([^"]+)";/gm,
      );
      for (const [, imported = ''] of imports) load(imported);
    };
    load('main.js');
    const bytes = [...loaded].map((file) => readFileSync(join(unpacked, 'package/dist', file)).length);
    expect(loaded.size).toBeGreaterThan(1);
    expect(bytes.reduce((sum, size) => sum + size)).toBeLessThan(10_000);
  });

  test('serves the published schema, and metrics', async () => {
    const env = { PORT: '0', WEIXIN_SIMULATOR_PORT: '0', METRICS_PORT: '0', DRAIN_SECONDS: '0' };
    const gateway = new GatewayProcess(env, main);
    try {
      const answer = await fetch(`${String((await gateway.line('listening'))['url'])}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: getIntrospectionQuery({ specifiedByUrl: true }) }),
      });
      const { data } = (await answer.json()) as { data: IntrospectionQuery };
      const published = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));
      expect(printSchema(lexicographicSortSchema(buildClientSchema(data)))).toBe(
        printSchema(lexicographicSortSchema(published)),
      );
      const metrics = await fetch(`${String((await gateway.line('metrics'))['url'])}/metrics`);
      expect(await metrics.text()).toContain('process_resident_memory_bytes');
    } finally {
      await gateway.kill();
    }
  });

  test('asks Redis for its sessions', async () => {
    const env = { PORT: '0', WEIXIN_SIMULATOR_PORT: '0', REDIS_URL: 'redis://127.0.0.1:1' };
    const gateway = new GatewayProcess(env, main);
    try {
      const line = await gateway.line('Redis is out of reach: answering SERVICE_UNAVAILABLE');
      expect(line).toMatchObject({ reason: 'ECONNREFUSED' });
    } finally {
      await gateway.kill();
    }
  });
});
