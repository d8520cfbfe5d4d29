import { existsSync, readdirSync } from 'node:fs';
import { run } from '../harness/child-process.js';

/** Milliseconds: npm takes its time. */
import.meta.jest.setTimeout(60_000);

let files: readonly string[];

beforeAll(async () => {
  // Without its scripts, which would build anew under the other tests.
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], '');
  const [packed] = JSON.parse(stdout) as { files: { path: string }[] }[];
  files = packed?.files.map(({ path }) => path) ?? [];
});

describe('the package', () => {
  test('holds beside dist what a reader and the running gateway need, and nothing else', () => {
    const operations = readdirSync('schema/operations').map((file) => `schema/operations/${file}`);
    expect(files.filter((file) => !file.startsWith('dist/')).toSorted()).toEqual(
      [
        'LICENSE',
        'README.md',
        'package.json',
        'schema/introspection.json',
        'schema/schema.graphql',
        'src/client/generated/persisted-documents.json',
        ...operations,
      ].toSorted(),
    );
  });

  test('holds no tests, no maps, no tools of the build, and nothing that its source left behind', () => {
    const dist = files.filter((file) => file.startsWith('dist/') && !file.startsWith('dist/explorer/'));
    expect(dist.length).toBeGreaterThan(50);
    const withoutSource = dist.filter((file) => !existsSync(file.replace(/^dist/, 'src').replace(/\.js$/, '.ts')));
    expect(withoutSource).toEqual([]);
    expect(files.filter((file) => /\.map$|tsbuildinfo|test|emit-schema|build-explorer|demo\.js/.test(file))).toEqual(
      [],
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
