import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { INPUT, MEMBERS, ownDocument } from '../harness/every-member.js';
import { PACKAGE } from '../harness/published-client.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.js';

/* Relay's compiler, a binary for Linux, macOS and Windows inside its npm package, with the schema of the client's package. */

const COMPILER = createRequire(import.meta.url).resolve('relay-compiler/cli.js');
const FIELDS = [...new Set(MEMBERS.map(([field]) => field))];

let running: RunningGateway;
beforeAll(async () => {
  running = await runGateway();
});
afterAll(() => running.gateway.stop());

let project: TemporaryProject;
beforeEach(() => {
  project = temporaryProject();
  project.write('package.json', {});
  project.write('relay.config.json', {
    // Not the folder itself: the compiler would read the packages beside it.
    src: './src',
    language: 'typescript',
    schema: `${PACKAGE}schema.graphql`,
    customScalarTypes: { Base64: 'string', DateTime: 'string', UnixSeconds: 'number' },
  });
});
afterEach(() => project.remove());

function compile(): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMPILER, '--noWatchman'], {
    cwd: project.folder,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, output: stdout + stderr };
}

/** Relay wants the name of an operation to begin with that of its module. */
const named = (field: string) => {
  const document = ownDocument(field);
  const kind = document.startsWith('query') ? 'Query' : 'Mutation';
  return { name: `${field}${kind}`, document: document.replace(`Own_${field}`, `${field}${kind}`) };
};
const module = (document: string) =>
  `import { graphql } from 'react-relay';\nexport const operation = graphql\`${document}\`;\n`;

test('compiles a document for every root field, and the gateway answers what it made', async () => {
  for (const field of FIELDS) project.write(`src/${field}.ts`, module(named(field).document));
  expect(compile()).toMatchObject({ status: 0 });
  for (const field of FIELDS) {
    const artefact = readFileSync(join(project.folder, 'src/__generated__', `${named(field).name}.graphql.ts`), 'utf8');
    const [, text = ''] = /"text": (".*")/.exec(artefact) ?? [];
    const variables = INPUT[field] ?? {};
    const { body } = await running.client().post({ query: JSON.parse(text) as string, variables });
    expect(body).toMatchObject({ data: { [field]: { __typename: expect.any(String) as string } } });
  }
});

test('tells a field that the schema does not have', () => {
  project.write('src/session.ts', module('query sessionQuery { session { ... on UserError { reason } } }'));
  const { status, output } = compile();
  expect(status).not.toBe(0);
  expect(output).toContain('The type `UserError` has no field `reason`');
});
