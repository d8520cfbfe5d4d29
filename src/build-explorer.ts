import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/*
 * Puts GraphiQL and React, as they come, into dist/explorer, with the licences of everything in them: the built gateway
 * serves them without having those packages installed. The page's own scripts are compiled there by tsc.
 */

const MODULES = new URL('../node_modules/', import.meta.url);
const SOURCE = new URL('../src/http/explorer/browser/', import.meta.url);
const TARGET = new URL('../dist/explorer/', import.meta.url);

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
const packages = new Set([
  'graphiql',
  '@graphiql/react',
  '@graphiql/toolkit',
  'react',
  'react-dom',
  'scheduler',
  ...inBundle,
]);
const licences = await Promise.all([...packages].toSorted().map(licence));
await writeFile(new URL('LICENSES.txt', TARGET), licences.join('\n'));

/** A package's name, kind of licence and licence text, as far as its folder holds them. */
async function licence(name: string): Promise<string> {
  const folder = new URL(`${name}/`, MODULES);
  const files = await readdir(folder).catch(() => []);
  if (files.length === 0) return `== ${name}\n`;
  const { license, version } = JSON.parse(await readFile(new URL('package.json', folder), 'utf8')) as Record<
    string,
    string
  >;
  const file = files.find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : await readFile(fileURLToPath(new URL(file, folder)), 'utf8');
  return `== ${name} ${version ?? ''}: ${license ?? ''}\n\n${text}\n`;
}
