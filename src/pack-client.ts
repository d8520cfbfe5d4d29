import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { PACKAGE_ROOT } from './package-root.js';

/*
 * Makes a package of dist/client, which a Mini Program or a web page installs without the server. Weixin's npm build takes
 * the folder that `miniprogram` names: one CommonJS file, because a module each would weigh a fifth more.
 */

const PACKAGE = new URL('dist/client/', PACKAGE_ROOT);
const ESM = new URL('esm/', PACKAGE);
const ENTRY = 'index.js';

const IMPORT = /^import \{ [\w, ]+ \} from '\.\/(.+)';\n/gm;
const DECLARATION = /^(?:export )?(?:async )?(?:const|let|class|function) (\w+)/gm;

/** This module and those that it imports, a module before whoever imports it. */
async function modules(path: string, known: Map<string, string>): Promise<Map<string, string>> {
  if (known.has(path)) return known;
  const source = await readFile(new URL(path, ESM), 'utf8');
  for (const [, imported = ''] of source.matchAll(IMPORT)) await modules(imported, known);
  return known.set(path, source.replaceAll(IMPORT, ''));
}

/** The modules as one of CommonJS. They share no name, so that an import becomes the thing itself. */
function joined(sources: Iterable<string>): string {
  const whole = [...sources].join('\n');
  const names = [...whole.matchAll(DECLARATION)].map(([, name = '']) => name);
  const twice = names.filter((name, i) => names.indexOf(name) !== i);
  if (twice.length > 0) throw new Error(`Two modules of the client declare ${twice.join(', ')}.`);
  const script = whole.replaceAll(/^export (?=const|async|function)/gm, '');
  if (/^(import|export)\b/m.test(script))
    throw new Error('The client imports or exports in a way that cannot be joined.');
  return `'use strict';\n${script}exports.createGatewayClient = createGatewayClient;\n`;
}

const { version, license } = JSON.parse(await readFile(new URL('package.json', PACKAGE_ROOT), 'utf8')) as Record<
  string,
  string
>;
const manifest = {
  name: 'weixin-phone-gateway-client',
  version,
  description: 'A Mini Program’s client of weixin-phone-gateway, and typed documents for other GraphQL clients',
  license,
  type: 'module',
  main: './esm/index.js',
  module: './esm/index.js',
  types: './esm/index.d.ts',
  miniprogram: 'miniprogram',
  exports: {
    '.': { types: './esm/index.d.ts', default: './esm/index.js' },
    './documents': { types: './esm/generated/graphql.d.ts', default: './esm/generated/graphql.js' },
    './document-nodes': {
      types: './esm/generated/document-nodes.d.ts',
      default: './esm/generated/document-nodes.js',
    },
    './persisted-documents.json': './persisted-documents.json',
    './package.json': './package.json',
  },
  sideEffects: false,
  files: ['esm', 'miniprogram', 'persisted-documents.json'],
};

await mkdir(new URL('miniprogram/', PACKAGE), { recursive: true });
await writeFile(new URL('miniprogram/index.js', PACKAGE), joined((await modules(ENTRY, new Map())).values()));
await writeFile(new URL('package.json', PACKAGE), `${JSON.stringify(manifest, null, 2)}\n`);
await copyFile(new URL('LICENSE', PACKAGE_ROOT), new URL('LICENSE', PACKAGE));
await copyFile(
  new URL('src/client/generated/persisted-documents.json', PACKAGE_ROOT),
  new URL('persisted-documents.json', PACKAGE),
);
