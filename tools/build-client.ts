import { execFile } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { PACKAGE_ROOT } from './package-root.js';

const PACKAGE = new URL('dist/client/', PACKAGE_ROOT);
const TSC = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** Files that are copied unchanged. The schema is for Relay's compiler, gql.tada and similar tools. */
const COPIED = [
  'LICENSE',
  'schema/schema.graphql',
  'src/client/package.json',
  'src/client/README.md',
  'src/client/CHANGELOG.md',
  'src/client/generated/persisted-documents.json',
];

/**
 * Builds the client's package into dist/client: ES modules with their types, and one CommonJS file for Weixin's npm
 * build, which takes the folder named by `miniprogram`.
 */
export async function buildClient(): Promise<void> {
  await promisify(execFile)(process.execPath, [TSC, '-p', 'src/client'], { cwd: PACKAGE_ROOT });
  await build({
    absWorkingDir: fileURLToPath(PACKAGE_ROOT),
    entryPoints: ['src/client/index.ts'],
    outfile: 'dist/client/miniprogram/index.js',
    bundle: true,
    format: 'cjs',
    target: 'es2017',
    tsconfig: 'src/client/tsconfig.json',
    logLevel: 'warning',
  });
  await Promise.all(COPIED.map((file) => copyFile(new URL(file, PACKAGE_ROOT), new URL(basename(file), PACKAGE))));
}
