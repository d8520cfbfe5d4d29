import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LoginDocument, SessionDocument } from '../../src/client/generated/graphql.js';
import { loadConfig } from '../../src/config/config.js';
import { startGateway } from '../../src/app/gateway.js';
import { CODE_2_SESSION } from '../../src/simulator/weixin-routes.js';
import { miniProgramOperations, shippedOperations } from '../harness/schema-files.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';
import { recordedLog } from '../harness/recorded-log.js';

const MANIFEST = fileURLToPath(new URL('../../src/client/generated/persisted-documents.json', import.meta.url));
const shipped = JSON.parse(readFileSync(MANIFEST, 'utf8')) as Record<string, string>;
const idOf = (operation: string) => Object.entries(shipped).find(([, text]) => text.includes(` ${operation} `))?.[0];
const NOT_TRUSTED = { errors: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }] };

let running: RunningGateway;
const wxLogin = () => ({ input: { code: running.simulator.world.login(running.app.appId, 'alice') } });

beforeEach(async () => {
  running = await runGateway({ TRUSTED_DOCUMENTS: MANIFEST });
});
afterEach(() => running.gateway.stop());

test('the shipped manifest covers every shipped operation, and those of the Mini Program’s client', () => {
  expect(Object.keys(shipped)).toHaveLength(shippedOperations().length + miniProgramOperations().length);
});

test.each([
  ['its text, as the generated client sends it', () => ({ query: LoginDocument.toString() })],
  ['the same text in another spelling', () => ({ query: LoginDocument.toString().replaceAll(/\s+/g, ' ') })],
  ['its id', () => ({ documentId: idOf('Login($input: LoginInput!)') })],
  [
    'its hash, as Apollo Client sends it',
    () => ({
      extensions: {
        persistedQuery: { version: 1, sha256Hash: idOf('Login($input: LoginInput!)')?.replace('sha256:', '') },
      },
    }),
  ],
])('an operation of the manifest runs by %s', async (_, reference) => {
  const { body } = await running.client().post({ ...reference(), variables: wxLogin() });
  expect(body).toMatchObject({ data: { login: { __typename: 'LoginSuccess' } } });
});

test.each([
  ['another operation', { query: '{ session { __typename } }' }],
  ['an operation of the manifest and one more', { query: `${SessionDocument.toString()} query More { __typename }` }],
  ['introspection', { query: '{ __schema { queryType { name } } }' }],
  ['an unknown id', { documentId: `sha256:${'0'.repeat(64)}` }],
  ['the name of an object’s own property', { documentId: 'constructor' }],
  ['what is no document', { query: '{' }],
  ['nothing', {}],
])('%s does not run', async (_, body) => {
  const answer = await running.client().post(body);
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject(NOT_TRUSTED);
  expect(running.simulator.faults.calls(CODE_2_SESSION)).toBe(0);
});

test('a batch of trusted operations does not run', async () => {
  const answer = await running.client().post([{ query: SessionDocument.toString() }]);
  expect([answer.status, answer.body.errors?.[0]?.extensions?.code]).toEqual([400, 'BAD_REQUEST']);
});

test('an untrusted text does not run beside the id of a trusted document', async () => {
  const body = { query: '{ session { __typename } }', documentId: idOf('Session') };
  expect((await running.client().post(body)).body).toMatchObject(NOT_TRUSTED);
});

test('a manifest with a document that does not fit the schema stops the start', async () => {
  const id = `sha256:${'a'.repeat(64)}`;
  const env = { PORT: '0', TRUSTED_DOCUMENTS: 'manifest.json' };
  const config = loadConfig(env, () => JSON.stringify({ [id]: '{ phoneBook }' }));
  await expect(startGateway(config, recordedLog().log)).rejects.toThrow(`TRUSTED_DOCUMENTS: ${id} does not fit`);
});

test.each(['{', '[]', '{"1":"{ session { __typename } }"}'])('%s is rejected as a manifest', (text) => {
  expect(() => loadConfig({ TRUSTED_DOCUMENTS: 'manifest.json' }, () => text)).toThrow('TRUSTED_DOCUMENTS must name');
});
