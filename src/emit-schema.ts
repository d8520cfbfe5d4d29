import { readFile, writeFile } from 'node:fs/promises';
import { buildGatewaySchema, type SchemaServices } from './graphql/schema.js';
import { sdl } from './graphql/sdl.js';
import { PACKAGE_ROOT } from './package-root.js';

/* Writes schema/schema.graphql; with --check it writes nothing and fails where the file is stale. */

const FILE = new URL('schema/schema.graphql', PACKAGE_ROOT);

/** Building a schema calls no service. */
const noServices = {} as SchemaServices;

const emitted = sdl(await buildGatewaySchema(noServices));
if (!process.argv.includes('--check')) {
  await writeFile(FILE, emitted);
} else if ((await readFile(FILE, 'utf8')) !== emitted) {
  process.stderr.write('schema/schema.graphql is stale: run `npm run emit` and commit what it writes.\n');
  process.exitCode = 1;
}
