import { readFile, writeFile } from 'node:fs/promises';
import { buildGatewaySchema, type SchemaServices } from '../src/graphql/schema.js';
import { documents } from './emit-docs.js';
import { sdl } from './sdl.js';
import { PACKAGE_ROOT } from './package-root.js';

/* Writes the generated files; with --check it writes nothing and fails if one is stale. */

/** Building a schema calls no service. */
const noServices = {} as SchemaServices;

const schema = await buildGatewaySchema(noServices);
const emitted: Readonly<Record<string, string>> = {
  'schema/schema.graphql': sdl(schema),
  ...(await documents(schema)),
};

for (const [path, content] of Object.entries(emitted)) {
  const file = new URL(path, PACKAGE_ROOT);
  if (!process.argv.includes('--check')) {
    await writeFile(file, content);
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== content) {
    process.stderr.write(`${path} is stale: run \`npm run emit\` and commit what it writes.\n`);
    process.exitCode = 1;
  }
}
