import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { createGatewayClient } from '../../src/client/index.js';

/** dist/client, which `npm run build` makes: what a Mini Program installs. */
export const PACKAGE = fileURLToPath(new URL('../../dist/client/', import.meta.url));

export interface PackageManifest {
  readonly name: string;
  readonly version: string;
  readonly miniprogram: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly files: readonly string[];
}

export const manifest = JSON.parse(readFileSync(`${PACKAGE}package.json`, 'utf8')) as PackageManifest;

/** The files that Weixin's npm build takes over, by their paths in there. */
export function miniProgramFiles(): ReadonlyMap<string, string> {
  const folder = `${PACKAGE}${manifest.miniprogram}/`;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(files.map((file) => [file, readFileSync(`${folder}${file}`, 'utf8')]));
}

type Globals = Readonly<Record<string, unknown>>;

/** Runs a CommonJS module as a Mini Program does: in a function, with `require` and the globals of a phone. */
export function runModule(source: string, require: (path: string) => unknown, globals: Globals = {}): unknown {
  const module = { exports: {} };
  const names = ['require', 'module', 'exports', ...Object.keys(globals)];
  const values = [require, module, module.exports, ...Object.values(globals)];
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- so a module is run
  new Function(...names, source)(...values);
  return module.exports;
}

interface PublishedClient {
  readonly createGatewayClient: typeof createGatewayClient;
}

/** What `require('weixin-phone-gateway-client')` gives in a Mini Program. */
export function publishedClient(globals: Globals = {}): PublishedClient {
  const source = miniProgramFiles().get('index.js') ?? '';
  const none = (path: string) => {
    throw new Error(`The package has no dependency, but requires ${path}.`);
  };
  return runModule(source, none, globals) as PublishedClient;
}

/** What `import … from 'weixin-phone-gateway-client/<name>'` gives. */
export async function importPublished<T>(name: string): Promise<T> {
  const target = manifest.exports[`./${name}`];
  if (typeof target !== 'object' || target['default'] === undefined) throw new Error(`The package exports no ${name}.`);
  return (await import(new URL(target['default'], pathToFileURL(PACKAGE)).href)) as T;
}
