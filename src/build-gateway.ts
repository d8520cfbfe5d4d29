import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { licences } from './build-licences.js';
import { PACKAGE_ROOT } from './package-root.js';

/*
 * Bundles what tsc compiled, and the packages that it runs on, into dist/main.js, with a file more for each part that is
 * loaded only where it is asked for. A start that finds and reads about a thousand files by itself takes twice as long.
 * Nothing is minified, so that whoever reads a stack finds the place.
 */

const TARGET = new URL('dist/', PACKAGE_ROOT);

/** type-graphql asks for it where arguments are validated by it, which they are not here. */
const NOT_INSTALLED = ['class-validator'];

/** Packages whose place a module of ours takes, which says why. */
const REPLACED = { '@apollo/utils.createhash': './build/graphql/query-hash.js' };

/** Packages of CommonJS call require for what is Node's own, and ES modules have none. */
const REQUIRE = `import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);`;

// The names of parts change with their content, and the old ones would stay.
await mkdir(TARGET, { recursive: true });
const leftBehind = (await readdir(TARGET)).filter((file) => file.endsWith('.js'));
for (const file of leftBehind) await rm(new URL(file, TARGET));

const { metafile, outputFiles } = await build({
  absWorkingDir: fileURLToPath(PACKAGE_ROOT),
  entryPoints: ['build/main.js'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Beside main.js, because all of them find the package's other files from where they are.
  chunkNames: '[name]-[hash]',
  external: NOT_INSTALLED,
  alias: REPLACED,
  banner: { js: REQUIRE },
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'warning',
});
for (const { path, text } of outputFiles) await writeFile(path, await withPlainComments(text));

const packages = Object.keys(metafile.inputs).flatMap(
  (file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [],
);
await writeFile(new URL('LICENSES.txt', TARGET), await licences(packages));

/**
 * The same source with comments of nothing but ASCII, as esbuild leaves the rest: of a source with one other character V8
 * keeps two bytes for each.
 */
async function withPlainComments(source: string): Promise<string> {
  // eslint-disable-next-line no-control-regex -- all of ASCII is meant
  const plain = source.replaceAll(/[^\x00-\x7f]/g, '?');
  if (plain === source) return source;
  const [before, after] = await Promise.all(
    [source, plain].map(async (text) => (await transform(text, { minifyWhitespace: true })).code),
  );
  if (before !== after) throw new Error('There is more than ASCII outside of comments.');
  return plain;
}
