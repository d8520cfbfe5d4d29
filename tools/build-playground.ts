import { copyFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { licences } from './licences.js';
import { PACKAGE_ROOT } from './package-root.js';

const MODULES = new URL('node_modules/', PACKAGE_ROOT);
const SOURCE = new URL('src/playground/', PACKAGE_ROOT);
const TARGET = new URL('dist/playground/', PACKAGE_ROOT);

/** Builds the page and the explorer into dist/playground, with unchanged GraphiQL and React, and their licences. */
export async function buildPlayground(): Promise<void> {
  await build({
    absWorkingDir: fileURLToPath(SOURCE),
    entryPoints: {
      'page/main': 'page/main.ts',
      'explorer/sandbox': 'explorer/browser/sandbox.ts',
      'explorer/offline': 'explorer/browser/offline.ts',
    },
    outdir: fileURLToPath(TARGET),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  });
  await cp(new URL('page/static/', SOURCE), new URL('page/', TARGET), { recursive: true });
  await copyGraphiql(new URL('explorer/', TARGET));
}

async function copyGraphiql(target: URL): Promise<void> {
  await mkdir(target, { recursive: true });
  await copyFile(new URL('explorer/browser/explorer.css', SOURCE), new URL('explorer.css', target));
  await copyFile(new URL('react/umd/react.production.min.js', MODULES), new URL('react.js', target));
  await copyFile(new URL('react-dom/umd/react-dom.production.min.js', MODULES), new URL('react-dom.js', target));
  await copyFile(new URL('graphiql/graphiql.min.css', MODULES), new URL('graphiql.css', target));

  // Its source map would be another 6 MB.
  const bundle = (await readFile(new URL('graphiql/graphiql.min.js', MODULES), 'utf8')).replace(
    /^\/\/# sourceMappingURL=.*$/m,
    '',
  );
  await writeFile(new URL('graphiql.js', target), bundle);

  const inBundle = [...bundle.matchAll(/"\.\.\/\.\.\/\.\.\/node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\//g)].map(
    ([, name]) => name ?? '',
  );
  const packages = ['graphiql', '@graphiql/react', '@graphiql/toolkit', 'react', 'react-dom', 'scheduler', ...inBundle];
  await writeFile(new URL('LICENSES.txt', target), await licences(packages.map((name) => `node_modules/${name}`)));
}
