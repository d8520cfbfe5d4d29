import { readdir, readFile } from 'node:fs/promises';
import { PACKAGE_ROOT } from './package-root.js';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/**
 * The names, kinds of licence and licence texts of packages, as far as their folders hold them.
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
  const { name, version, license } = JSON.parse(manifest) as Manifest;
  const file = files.find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : await readFile(new URL(file, folder), 'utf8');
  return `== ${name} ${version}: ${license ?? ''}\n\n${text}\n`;
}
