import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { PACKAGE } from '../harness/published-client.js';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.js';

/* gql.tada types a document from the schema of the client's package, as it is written: no code is generated for it. */

const CLI = fileURLToPath(new URL('../../node_modules/gql.tada/bin/cli.js', import.meta.url));
const CONFIG = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    target: 'es2023',
    module: 'nodenext',
    moduleDetection: 'force',
    skipLibCheck: true,
    types: [],
    plugins: [
      { name: 'gql.tada/ts-plugin', schema: `${PACKAGE}schema.graphql`, tadaOutputLocation: './graphql-env.d.ts' },
    ],
  },
  include: ['*.ts'],
};
const DOCUMENT = `
import { initGraphQLTada, type ResultOf } from 'gql.tada';
import type { introspection } from './graphql-env.d.ts';

const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { Base64: string; DateTime: string; UnixSeconds: number };
}>();
export const decryptPhone = graphql(\`
  mutation DecryptPhone($input: DecryptPhoneInput!) {
    decryptPhone(input: $input) {
      __typename
      ... on PhoneNumber { e164 watermark { timestamp } }
      ... on UserError { code remedy retryAfterSeconds }
    }
  }
\`);
type Result = ResultOf<typeof decryptPhone>['decryptPhone'];
`;

let project: TemporaryProject;
beforeAll(() => {
  project = temporaryProject();
  project.write('package.json', { type: 'module' });
  project.write('tsconfig.json', CONFIG);
  execFileSync(process.execPath, [CLI, 'generate-output'], { cwd: project.folder, stdio: 'pipe', timeout: 60_000 });
});
afterAll(() => project.remove());

function problems(source: string): string[] {
  const file = join(project.folder, 'page.ts');
  project.write('page.ts', DOCUMENT + source);
  const { options } = ts.parseJsonConfigFileContent(CONFIG, ts.sys, project.folder);
  const found = ts.getPreEmitDiagnostics(ts.createProgram([file], options));
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

test('a result is told apart by its type, and each member has the fields that were asked for', () => {
  const source = `
    export function read(result: Result): string | number {
      switch (result.__typename) {
        case 'PhoneNumber': return result.e164.length + result.watermark.timestamp;
        case 'InvalidSessionError':
        case 'InvalidWatermarkError':
        case 'RateLimitedError':
        case 'ServiceUnavailableError': {
          const remedy: 'LOGIN_AND_RESEND' | 'NONE' | 'RETRY_LATER' | 'TAP_AGAIN' = result.remedy;
          return result.retryAfterSeconds ?? remedy;
        }
        default: return result satisfies never;
      }
    }`;
  expect(problems(source)).toEqual([]);
});

test('a number is not to be had without a look at what came', () => {
  expect(problems('export const read = (result: Result) => result.e164;')).toEqual([
    expect.stringContaining("Property 'e164' does not exist on type"),
  ]);
});
