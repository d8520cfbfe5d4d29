import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { licences } from './licences.js';
import { PACKAGE_ROOT } from './package-root.js';
import { sbom } from './sbom.js';

/** CommonJS packages call require for Node's own modules, and an ES module has no require. */
const REQUIRE = `import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);`;

/**
 * Bundles the gateway with its packages into dist/main.js, so that it runs without node_modules and reads few files at the
 * start. Dynamic imports become chunks. Nothing is minified: stack traces stay readable.
 */
export async function buildGateway(): Promise<void> {
  const { metafile } = await build({
    absWorkingDir: fileURLToPath(PACKAGE_ROOT),
    entryPoints: ['src/main.ts'],
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    // Chunks must be next to main.js: modules find the package's other files relative to themselves.
    chunkNames: '[name]-[hash]',
    // type-graphql loads it only if it validates arguments.
    external: ['class-validator'],
    alias: { '@apollo/utils.createhash': './src/graphql/execution/one-shot-hash.ts' },
    banner: { js: REQUIRE },
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  const packages = Object.keys(metafile.inputs).flatMap(
    (file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [],
  );
  await mkdir(new URL('dist/', PACKAGE_ROOT), { recursive: true });
  await writeFile(new URL('dist/LICENSES.txt', PACKAGE_ROOT), await licences(packages));
  await writeFile(new URL('dist/sbom.cdx.json', PACKAGE_ROOT), await sbom(packages));
}
