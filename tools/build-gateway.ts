import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { licences } from './licences.js';
import { PACKAGE_ROOT } from './package-root.js';

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
    // Chunks lie beside main.js: all of them find the package's other files from there.
    chunkNames: '[name]-[hash]',
    // type-graphql asks for it only where arguments are validated by it.
    external: ['class-validator'],
    // @apollo/utils.createhash looks for Node's crypto through module.require and falls back to a hash in JavaScript.
    define: { 'module.require': 'require' },
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
}
