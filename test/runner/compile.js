import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL, URL } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Folders with modules that tests run. */
const FOLDERS = ['src', 'test', 'tools'];

/**
 * Compiles every module, one to one, into dist-test/ before the tests run: a second for the whole project, and Node loads the
 * result without hooks, which Node 20 can run in a thread of their own only.
 */
export default async function compile() {
  await build({
    absWorkingDir: ROOT,
    entryPoints: FOLDERS.flatMap(modulesIn),
    outbase: ROOT,
    outdir: 'dist-test',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    loader: { '.json': 'copy' },
    sourcemap: 'linked',
    logLevel: 'warning',
    plugins: [{ name: 'import-meta-url', setup: keepImportMetaUrl }],
  });
}

function modulesIn(folder) {
  const names = readdirSync(join(ROOT, folder), { recursive: true });
  return names.filter((name) => /(?<!\.d)\.ts$|\.json$/.test(name)).map((name) => join(folder, name));
}

/** Lets a module find the files beside its source: `import.meta.url` stays what it is there. */
function keepImportMetaUrl({ onLoad }) {
  onLoad({ filter: /\.ts$/ }, ({ path }) => {
    const url = JSON.stringify(pathToFileURL(path).href);
    return { loader: 'ts', contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', url) };
  });
}
