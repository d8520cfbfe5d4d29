import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { run } from '../harness/child-process.js';
import { page } from '../harness/documents.js';
import { PACKAGE } from '../harness/published-client.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

/* The examples, each run as it stands in a process of its own, in a folder that has the packages installed. */

const INSTALLED = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const PACKAGES = [
  ...['graphql', 'graphql-request', '@apollo/client', '@urql/core', '@urql/exchange-graphcache'],
  ...['gql.tada', 'typescript'],
];
const clients = page('docs/graphql-clients.md');
const section = (heading: string) => clients.section(heading);
const named = (block: string) => ({ client: /from '([^']+)'/.exec(block)?.[1], block });
const folder = mkdtempSync(join(tmpdir(), 'docs-clients-'));
let running: RunningGateway;

beforeAll(async () => {
  install('weixin-phone-gateway-client', PACKAGE);
  for (const name of PACKAGES) install(name, INSTALLED + name);
  mkdirSync(join(folder, 'src'));
  write('package.json', '{ "type": "module" }');
  running = await runGateway();
});
afterAll(async () => {
  await running.gateway.stop();
  rmSync(folder, { recursive: true });
});

function install(name: string, from: string): void {
  const to = join(folder, 'node_modules', name);
  mkdirSync(dirname(to), { recursive: true });
  symlinkSync(from, to, 'dir');
}

function write(file: string, content: string): string {
  writeFileSync(join(folder, file), content);
  return join(folder, file);
}

/** What `call` gives after a block, as JSON. */
async function valueOf(block: string, call: string): Promise<unknown> {
  const source = `${block.replaceAll('http://127.0.0.1:4000', running.gateway.url)}\n${call}`;
  const { stdout, stderr } = await run(process.execPath, [write('example.mjs', source)], '');
  return stdout === '' ? stderr : JSON.parse(stdout);
}

/** Runs the tool of a package in the folder, and gives its status and what it said. */
function runTool(cli: string, ...args: string[]): { status: number | null; output: string } {
  const file = createRequire(import.meta.url).resolve(cli);
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, output: stdout + stderr };
}

const shippedDocuments = ['graphql-request', 'Apollo Client', 'urql'].flatMap((heading) =>
  section(heading).blocks('js').map(named),
);
const ownDocuments = section('Own documents in a normalised cache').blocks('js').map(named);

test('every block of JavaScript is run here', () => {
  expect([...shippedDocuments, ...ownDocuments].map(({ block }) => block)).toEqual(clients.blocks('js'));
  expect(shippedDocuments.map(({ client }) => client)).toEqual(['graphql-request', '@apollo/client', '@urql/core']);
});

test.each(shippedDocuments)('$client logs in, and exchanges a code with the token', async ({ block }) => {
  const code = running.simulator.world.login(running.app.appId, 'alice');
  const tap = running.simulator.world.tap(running.app.appId, 'alice');
  const call = `
    const session = await login(${JSON.stringify(code)});
    console.log(JSON.stringify([session, await exchangePhoneCode(session.token, ${JSON.stringify(tap.code)})]));`;
  expect(await valueOf(block, call)).toMatchObject([
    { __typename: 'LoginSuccess', session: { appId: running.app.appId } },
    { __typename: 'PhoneNumber', e164: '+8613548535449' },
  ]);
});

test.each(ownDocuments)(
  'a document of a team’s own in the cache of $client gets every field of an error',
  async ({ block }) => {
    const call = "console.log(JSON.stringify(await currentSession('a-token-that-nobody-has')));";
    expect(await valueOf(block, call)).toMatchObject({
      __typename: 'InvalidSessionError',
      code: 'NOT_LOGGED_IN',
      message: expect.any(String) as string,
      remedy: 'LOGIN_AND_RESEND',
      retryAfterSeconds: null,
    });
  },
);

test('Relay’s compiler compiles with this configuration', () => {
  const [config = ''] = section('Relay').blocks('json');
  write('relay.config.json', config);
  const document = 'query sessionQuery { session { ... on Session { expiresAt } ... on UserError { remedy } } }';
  write('src/session.ts', `import { graphql } from 'react-relay';\nexport const query = graphql\`${document}\`;\n`);
  expect(runTool('relay-compiler/cli.js', '--noWatchman')).toMatchObject({ status: 0 });
  const artefact = readFileSync(join(folder, 'src/__generated__/sessionQuery.graphql.ts'), 'utf8');
  expect(artefact).toMatch(/expiresAt\??: string;/);
});

test('gql.tada types the document with this configuration', () => {
  const [config = ''] = section('gql.tada').blocks('json');
  const [document = ''] = section('gql.tada').blocks('ts');
  write('tsconfig.json', config);
  expect(runTool(join(INSTALLED, 'gql.tada/bin/cli.js'), 'generate-output')).toMatchObject({ status: 0 });
  const use = `
    import type { ResultOf } from 'gql.tada';
    type Result = ResultOf<typeof currentSession>['session'];
    export const expiresAt = (result: Extract<Result, { expiresAt: unknown }>): string => result.expiresAt;
    export const wrong = (result: Extract<Result, { expiresAt: unknown }>): number => result.expiresAt;
  `;
  const program = ts.createProgram([write('src/current-session.ts', document + use)], {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    skipLibCheck: true,
    types: [],
  });
  const problems = ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText);
  expect(problems).toEqual(["Type 'string' is not assignable to type 'number'."]);
});
