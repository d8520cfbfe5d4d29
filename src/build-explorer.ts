import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { licences } from './build-licences.js';
import { PACKAGE_ROOT } from './package-root.js';

/*
 * Puts GraphiQL and React, as they come, into dist/explorer, with the licences of everything in them: the built gateway
 * serves them without having those packages installed. The page's own scripts are compiled there by tsc.
 */

const MODULES = new URL('node_modules/', PACKAGE_ROOT);
const SOURCE = new URL('src/http/explorer/browser/', PACKAGE_ROOT);
const TARGET = new URL('dist/explorer/', PACKAGE_ROOT);

await mkdir(TARGET, { recursive: true });
await copyFile(new URL('explorer.css', SOURCE), new URL('explorer.css', TARGET));
await copyFile(new URL('react/umd/react.production.min.js', MODULES), new URL('react.js', TARGET));
await copyFile(new URL('react-dom/umd/react-dom.production.min.js', MODULES), new URL('react-dom.js', TARGET));
await copyFile(new URL('graphiql/graphiql.min.css', MODULES), new URL('graphiql.css', TARGET));

// Its source map is another 6 MB, and stays behind.
const bundle = (await readFile(new URL('graphiql/graphiql.min.js', MODULES), 'utf8')).replace(
  /^\/\/# sourceMappingURL=.*$/m,
  '',
);
await writeFile(new URL('graphiql.js', TARGET), bundle);

const inBundle = [...bundle.matchAll(/"\.\.\/\.\.\/\.\.\/node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\//g)].map(
  ([, name]) => name ?? '',
);
const packages = ['graphiql', '@graphiql/react', '@graphiql/toolkit', 'react', 'react-dom', 'scheduler', ...inBundle];
await writeFile(new URL('LICENSES.txt', TARGET), await licences(packages.map((name) => `node_modules/${name}`)));
