import { execFile } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { PACKAGE_ROOT } from './package-root.js';

const PACKAGE = new URL('dist/client/', PACKAGE_ROOT);
const TSC = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/**
 * Makes the client's package in dist/client: ES modules with their types, and for Weixin's npm build, which takes the folder
 * that `miniprogram` names, one CommonJS file.
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
  await Promise.all([
    copyFile(new URL('src/client/package.json', PACKAGE_ROOT), new URL('package.json', PACKAGE)),
    copyFile(new URL('LICENSE', PACKAGE_ROOT), new URL('LICENSE', PACKAGE)),
    copyFile(
      new URL('src/client/generated/persisted-documents.json', PACKAGE_ROOT),
      new URL('persisted-documents.json', PACKAGE),
    ),
  ]);
}
