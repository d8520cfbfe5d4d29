import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { Linter } from 'eslint';
import ts from 'typescript';
import { manifest, miniProgramFiles, PACKAGE, publishedClient } from '../harness/published-client.js';

/** Bytes: what the client may add to a Mini Program, whose packages are limited to 2 MB each. */
const MAX_BYTES = 11_000;

test('after minification all of it is under 11 kB', async () => {
  const sizes = [...miniProgramFiles()].map(async ([, source]) => {
    const { code } = await transform(source, { minify: true, target: 'es2017' });
    return Buffer.byteLength(code);
  });
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeLessThan(MAX_BYTES);
  expect(bytes).toBeGreaterThan(3000);
});

test('a Mini Program gets one CommonJS file that requires nothing', () => {
  expect([...miniProgramFiles().keys()]).toEqual(['index.js']);
  expect(Object.keys(publishedClient())).toEqual(['createGatewayClient']);
});

test('it is JavaScript of ES2017, which Weixin’s older engines run as it is', () => {
  const [source = ''] = miniProgramFiles().values();
  const languageOptions = { ecmaVersion: 2017, sourceType: 'script' } as const;
  expect(new Linter().verify(source, { languageOptions })).toEqual([]);
  expect(new Linter().verify('const { a, ...rest } = {};', { languageOptions })).not.toEqual([]);
});

test('it has the server’s version, no dependency, and every file that it names', () => {
  const root = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  expect(manifest.version).toBe(root.version);
  expect(Object.keys(manifest).filter((key) => /dependencies/i.test(key))).toEqual([]);
  const targets = Object.values(manifest.exports).flatMap((target) =>
    typeof target === 'string' ? target : Object.values(target),
  );
  const named = [...targets, ...manifest.files];
  expect(named.filter((file) => !existsSync(join(PACKAGE, file)))).toEqual([]);
});

test('the manifest for TRUSTED_DOCUMENTS is in it', () => {
  const shipped = readFileSync(join(PACKAGE, 'persisted-documents.json'), 'utf8');
  expect(JSON.parse(shipped)).toEqual(
    JSON.parse(readFileSync(new URL('../../src/client/generated/persisted-documents.json', import.meta.url), 'utf8')),
  );
});

describe('its types', () => {
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: false,
    types: [],
    target: ts.ScriptTarget.ES2017,
    lib: ['lib.es2017.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    preserveSymlinks: true,
  };
  const CREATE = `import { createGatewayClient } from 'weixin-phone-gateway-client';\n`;
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'client-types-'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    ts.sys.createDirectory(join(folder, 'node_modules'));
    symlinkSync(PACKAGE, join(folder, 'node_modules', manifest.name), 'dir');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function problems(source: string): string[] {
    const file = join(folder, 'page.ts');
    writeFileSync(file, source);
    const found = ts.getPreEmitDiagnostics(ts.createProgram([file], options));
    return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  }

  test('need neither Weixin’s typings nor a GraphQL package', () => {
    const use = `declare const wx: import('${manifest.name}').Wx;\ncreateGatewayClient({ wx, url: '' });`;
    expect(problems(CREATE + use)).toEqual([]);
  });

  test('of the possible types are what Apollo Client and urql take', () => {
    const use = `import { possibleTypes } from '${manifest.name}/possible-types';
      export const taken: Record<string, string[]> = possibleTypes;`;
    expect(problems(use)).toEqual([]);
  });

  test('refuse what is no wx', () => {
    expect(problems(`${CREATE}createGatewayClient({ wx: {}, url: '' });`)).toEqual([
      expect.stringContaining("is missing the following properties from type 'Wx'"),
    ]);
  });
});
