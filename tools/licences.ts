import { readdir, readFile } from 'node:fs/promises';
import { PACKAGE_ROOT } from './package-root.js';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
}

const TEXT = /^(licen[cs]e|notice|copyright)/i;

/**
 * The names, authors, kinds of licence, licence texts and notices of packages, as far as their folders hold them.
 *
 * @param folders e.g. node_modules/graphql
 */
export async function licences(folders: Iterable<string>): Promise<string> {
  return (await Promise.all([...new Set(folders)].toSorted().map(licence))).join('\n');
}

async function licence(path: string): Promise<string> {
  const folder = new URL(`${path}/`, PACKAGE_ROOT);
  const files = await readdir(folder).catch(() => []);
  if (files.length === 0) return `== ${path.replace(/^.*node_modules\//, '')}\n`;
  const manifest = await readFile(new URL('package.json', folder), 'utf8');
  const { name, version, license, author } = JSON.parse(manifest) as Manifest;
  const named = typeof author === 'string' ? author : author?.name;
  const texts = await Promise.all(
    files.filter((file) => TEXT.test(file)).map((file) => readFile(new URL(file, folder), 'utf8')),
  );
  return [`== ${name} ${version}: ${license ?? ''}${named === undefined ? '' : `, ${named}`}`, ...texts, ''].join(
    '\n\n',
  );
}
