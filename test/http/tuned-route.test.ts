import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApolloServer } from '@apollo/server';
import { jest } from '@jest/globals';
import { parsedLines } from '../harness/log-lines.js';
import { shippedOperations } from '../harness/schema-files.js';
import { type RunningGateway, runTwins } from '../harness/running-gateway.js';

/*
 * A plain request skips Apollo Server's HTTP layer, and a document that comes often is compiled. Neither may be seen in an
 * answer: each request below is sent to a gateway that is tuned and to one that is not, and more often than it takes for
 * its document to be compiled. Status, headers and body must be the same to the byte.
 */

const TIMES = 5;

interface Asked {
  readonly method?: string;
  /** Behind /graphql. */
  readonly search?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, if it is not bytes or text. */
  readonly body?: unknown;
}

/** Makes the request for one of the gateways: codes and documents work once. */
type Case = readonly [name: string, ask: (running: RunningGateway, token: string) => Asked];

const documents = Object.fromEntries(shippedOperations());
const world = ({ simulator }: RunningGateway) => simulator.world;
const loginCode = (running: RunningGateway, user = 'alice') => world(running).login(running.app.appId, user);
const tap = (running: RunningGateway, document = {}, user = 'alice') =>
  world(running).tap(running.app.appId, user, document);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const fault = ({ simulator }: RunningGateway, endpoint: string, errcode: number) =>
  simulator.faults.add(endpoint, [{ errcode }]);

const operation = (name: string, input?: unknown, token?: string): Asked => ({
  body: { query: documents[name], variables: input === undefined ? {} : { input } },
  ...(token !== undefined && { headers: bearer(token) }),
});
const decrypt = (running: RunningGateway, token: string, document = {}, name = 'decrypt-phone'): Asked => {
  const { encryptedData, iv } = tap(running, document);
  return operation(name, { encryptedData, iv }, token);
};
const GARBLED = { encryptedData: Buffer.alloc(144, 7).toString('base64'), iv: Buffer.alloc(16, 7).toString('base64') };
const SESSION = documents['session'] ?? '';
const LOGOUT = documents['logout'] ?? '';

const operations: readonly Case[] = [
  ['login', (on) => operation('login', { code: loginCode(on) })],
  ['login with every input', (on) => operation('login', { code: loginCode(on), appId: on.app.appId, nonce: 'n' })],
  ['session', (_, token) => operation('session', undefined, token)],
  ['checkSession', (_, token) => operation('check-session', undefined, token)],
  ['decryptPhone', (on, token) => decrypt(on, token)],
  ['decryptPhone with its proof', (on, token) => decrypt(on, token, {}, 'decrypt-phone-with-proof')],
  ['exchangePhoneCode', (on, token) => operation('exchange-phone-code', { code: tap(on).code }, token)],
  [
    'exchangePhoneCode with its proof',
    (on, token) => operation('exchange-phone-code-with-proof', { code: tap(on).code }, token),
  ],
  ['resolveCloudPhone', (on, token) => operation('resolve-cloud-phone', { cloudId: tap(on).cloudID }, token)],
  [
    'resolveCloudPhone with its proof',
    (on, token) => operation('resolve-cloud-phone-with-proof', { cloudId: tap(on).cloudID }, token),
  ],
  ['logout of nobody', () => operation('logout')],
];

const watermark = (document: object) => (on: RunningGateway, token: string) =>
  decrypt(on, token, { watermark: document });
const whenWeixinSays = (errcode: number): Case => [
  `login where Weixin says ${errcode}`,
  (on) => {
    fault(on, '/sns/jscode2session', errcode);
    return operation('login', { code: loginCode(on) });
  },
];
const failures: readonly Case[] = [
  ...['session', 'check-session'].map((name): Case => [`${name} of a stranger`, () => operation(name)]),
  ...['decrypt-phone', 'decrypt-phone-with-proof'].map((name): Case => [
    `${name} of a stranger`,
    () => operation(name, GARBLED, 't'.repeat(43)),
  ]),
  ['exchangePhoneCode of a stranger', () => operation('exchange-phone-code', { code: 'c' })],
  ['resolveCloudPhone of a stranger', () => operation('resolve-cloud-phone', { cloudId: 'c' })],
  ['exchangePhoneCode with a bad code', (_, token) => operation('exchange-phone-code', { code: 'c' }, token)],
  ['resolveCloudPhone with a bad id', (_, token) => operation('resolve-cloud-phone', { cloudId: 'c c' }, token)],
  ['the document of another app', watermark({ appid: 'wx4f4bc4dec97d474b' })],
  ['an old document', watermark({ timestamp: 1477314187 })],
  ['a document to come', watermark({ timestamp: 4102444800 })],
  ['a bad code', () => operation('login', { code: 'bad' })],
  ['a code that no code can be', () => operation('login', { code: '' })],
  ...[40029, 40163, 40226, 45011, -1, 12345, 40013, 40125].map(whenWeixinSays),
  [
    'checkSession where Weixin is asked too often',
    (on, token) => {
      fault(on, '/wxa/checksession', 45011);
      return operation('check-session', undefined, token);
    },
  ],
  ['an app that is not served', () => operation('login', { code: 'c', appId: 'wxffffffffffffffff' })],
  ['a nonce that may not be', () => operation('login', { code: 'c', nonce: 'a b' })],
  ['an iv of the wrong length', () => operation('decrypt-phone', { ...GARBLED, iv: 'AAAA' })],
  // Until the budget is spent, and then RATE_LIMITED: last, because the budget is the user's.
  ['a garbled document', (_, token) => operation('decrypt-phone', GARBLED, token)],
];

const INPUTS: readonly unknown[] = [
  undefined,
  null,
  [],
  [{}],
  'text',
  7,
  true,
  {},
  { code: null },
  { code: 7 },
  { code: ['c'] },
  { code: 'c', other: 1 },
  { code: 'c', appId: 7 },
  { code: 'c', appId: 7.5 },
  { code: 'c', nonce: {} },
  { encryptedData: GARBLED.encryptedData },
  { ...GARBLED, iv: 7 },
  { ...GARBLED, iv: 'not Base64' },
  { ...GARBLED, encryptedData: null },
  { everywhere: null },
  { everywhere: 'yes' },
  { everywhere: true },
  { everywhere: false, other: 1 },
  { code: 'c', other: Array.from({ length: 50 }, () => 1) },
];
const inputs = ['login', 'decrypt-phone', 'logout'].flatMap((name) =>
  INPUTS.map((input): Case => [`${name} with ${JSON.stringify(input)}`, () => operation(name, input)]),
);

/** Bodies that are no operation, or one that does not run. */
const BODIES: readonly unknown[] = [
  ...['', ' ', '{', 'null', '7', '"text"', '[]', '{}', '\ufeff{}', `\ufeff${JSON.stringify({ query: SESSION })}`],
  Buffer.from([0x7b, 0xff, 0x7d]),
  `{"query":${JSON.stringify(SESSION)},"__proto__":{}}`,
  `{"query":${JSON.stringify(SESSION)},"\\u005f_proto__":{}}`,
  `{"query":${JSON.stringify(SESSION)},"constructor":{"prototype":{}}}`,
  `{"query":"\\u007b__typename\\u007d"}`,
  `{"query":"{session{__typename}}","query":"{__typename}"}`,
  ...[7, null, '', [], {}, '{', '{nothing}', '{session}', 'query{__typename}', 'subscription{session}'].map(
    (query) => ({
      query,
    }),
  ),
  ...[null, 'text', 7, [], [{}], {}, { input: {} }, { other: 1 }].map((variables) => ({ query: SESSION, variables })),
  ...[null, 7, '', [], 'Session', 'Other', 'toString'].map((operationName) => ({ query: SESSION, operationName })),
  ...[null, 'text', [], {}, { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } }].map((extensions) => ({
    query: SESSION,
    extensions,
  })),
  { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } },
  { query: SESSION, documentId: 'x', other: 1 },
  { query: `${SESSION} ${LOGOUT}`, operationName: 'Session' },
  { query: `${SESSION} ${LOGOUT}`, operationName: 'Logout' },
  { query: `${SESSION} ${LOGOUT}` },
  { query: `{__typename}#${'x'.repeat(8_192)}` },
  { query: `{session{${'__typename '.repeat(500)}}}` },
  { query: `{__typename}`, padding: 'x'.repeat(40_000) },
];
const bodies = BODIES.map((body): Case => [`the body ${JSON.stringify(body).slice(0, 90)}`, () => ({ body })]);

/** Documents that are not plain, and plain ones with a catch. */
const DOCUMENTS: readonly string[] = [
  '{__typename}',
  '{session{__typename}}',
  '{session{...on Session{appId}...on InvalidSessionError{code code}}}',
  '{session{...on UserError{...on InvalidSessionError{remedy}message}}}',
  '{session{...{__typename}}}',
  '{session{...F}} fragment F on UserError{code}',
  '{s:session{t:__typename}}',
  '{__proto__:session{__typename}}',
  '{session{__proto__:__typename}}',
  'query constructor{session{__typename}}',
  'query __proto__{session{__typename}}',
  'query($__proto__:Int){session{__typename}}',
  'query($constructor:Boolean!){session{__typename}}',
  'query($yes:Boolean=true){session @include(if:$yes){__typename}}',
  '{session @skip(if:true){__typename}}',
  '{session{__typename @skip(if:true)...on UserError @include(if:true){code}}}',
  '{__schema{queryType{name}}}',
  '{__type(name:"Query"){name}}',
  '{sesion{__typename}}',
  'mutation{login(input:{code:"a"}){__typename}}',
  'mutation($code:String!){login(input:{code:$code}){__typename}}',
  'mutation($input:LogoutInput={everywhere:true}){logout(input:$input){__typename}}',
  'mutation($input:LogoutInput){logout(input:$input){...on LogoutSuccess{sessionsEnded}}}',
  'mutation($input:LogoutInput!){logout(input:$input){__typename}}',
  'mutation{logout{__typename} logout{__typename}}',
  'mutation{logout(input:null){__typename}}',
  `mutation{decryptPhone(input:{encryptedData:"${GARBLED.encryptedData}",iv:"${GARBLED.iv}"}){__typename}}`,
];
const texts = DOCUMENTS.map((query): Case => [`the document ${query.slice(0, 90)}`, () => ({ body: { query } })]);

const HEADERS: readonly Readonly<Record<string, string>>[] = [
  ...[
    '*/*',
    'application/json',
    'application/json, text/plain, */*',
    'application/graphql-response+json',
    'application/graphql-response+json, application/json',
    'application/graphql-response+json,application/json;q=0.9',
    'application/graphql-response+json, application/json;q=0.9',
    'application/json, application/graphql-response+json;q=0.5',
    'application/json;q=0',
    'application/xml',
    'text/html',
    'multipart/mixed',
    'APPLICATION/JSON',
    '?',
  ].map((accept) => ({ accept })),
  ...[
    'application/json; charset=utf-8',
    'application/json;charset=utf-8',
    'application/json; charset=UTF-8',
    'application/json;charset=UTF-8',
    'application/json; charset=latin1',
    'Application/JSON',
    'application/graphql+json',
    'text/plain',
    'text/plain; application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'json',
  ].map((type) => ({ 'content-type': type })),
  { 'apollo-require-preflight': 'true' },
  { 'x-apollo-operation-name': 'Session', 'content-type': 'text/plain' },
  { authorization: 'Basic x' },
  { origin: 'https://evil.example' },
  { origin: 'https://console.example.com' },
];
const headers = HEADERS.flatMap((sent): readonly Case[] =>
  [SESSION, '{nothing}', '{'].map((query) => [
    `the headers ${JSON.stringify(sent)} with ${query.slice(0, 10)}`,
    (_, token) => ({ body: { query }, headers: { ...bearer(token), ...sent } }),
  ]),
);

const search = (query: string) => `?query=${encodeURIComponent(query)}`;
const PREFLIGHTED = { 'apollo-require-preflight': 'true' };
const others: readonly Case[] = [
  ['GET', () => ({ method: 'GET' })],
  ['a GET of a foreign page', () => ({ method: 'GET', search: search(SESSION) })],
  [
    'a GET query',
    (_, token) => ({ method: 'GET', search: search(SESSION), headers: { ...PREFLIGHTED, ...bearer(token) } }),
  ],
  ['a GET mutation', () => ({ method: 'GET', search: search(LOGOUT), headers: PREFLIGHTED })],
  ['a GET for a page', () => ({ method: 'GET', headers: { accept: 'text/html' } })],
  ['a long GET', () => ({ method: 'GET', search: search(`{__typename}#${'x'.repeat(8_192)}`), headers: PREFLIGHTED })],
  ['a POST with a query in its URL', () => ({ search: search(SESSION), body: { variables: {} } })],
  ['a POST with two', () => ({ search: search(LOGOUT), body: { query: SESSION } })],
  ['PUT', () => ({ method: 'PUT', body: { query: SESSION } })],
  ['DELETE', () => ({ method: 'DELETE' })],
  ['HEAD', () => ({ method: 'HEAD' })],
  ['OPTIONS', () => ({ method: 'OPTIONS', headers: { origin: 'https://console.example.com' } })],
];

const cases = [...operations, ...inputs, ...bodies, ...texts, ...headers, ...others, ...failures];

const keys = mkdtempSync(join(tmpdir(), 'tuned-route-'));
let twins: readonly [RunningGateway, RunningGateway];
let tokens: readonly string[];

beforeAll(async () => {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  writeFileSync(join(keys, 'key.pem'), pem);
  twins = await runTwins({
    CORS_ORIGINS: 'https://console.example.com',
    DECRYPT_FAILURE_LIMIT: '3',
    PROOF_KEY_FILE: join(keys, 'key.pem'),
    PROOF_ISSUER: 'https://gateway.example',
  });
  tokens = await Promise.all(twins.map(async (running) => (await running.loggedIn('alice')).token ?? ''));
});
afterAll(async () => {
  await twins[0].gateway.stop();
  rmSync(keys, { recursive: true });
});

/** The whole answer, but for what is made anew for each. */
async function answer(running: RunningGateway, token: string, ask: Case[1]): Promise<object> {
  const { method = 'POST', search = '', headers = {}, body } = ask(running, token);
  const raw = typeof body === 'string' || body instanceof Buffer || body === undefined;
  const response = await fetch(`${running.gateway.url}/graphql${search}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: raw ? new Uint8Array(Buffer.from(body)) : JSON.stringify(body) }),
  });
  const { date, 'x-request-id': requestId, 'content-length': length, ...rest } = Object.fromEntries(response.headers);
  const text = await response.text();
  expect(date).toBeDefined();
  const bodiless = method === 'OPTIONS' || method === 'HEAD';
  expect(length).toBe(bodiless ? length : String(Buffer.byteLength(text)));
  return {
    status: response.status,
    headers: rest,
    text: text
      .replaceAll(requestId ?? 'none', '<request id>')
      .replace(/"token":"[\w-]{43}"/, '"token":"<token>"')
      .replace(/"proof":"[\w.-]+"/, '"proof":"<proof>"'),
  };
}

test.each(cases)('%s', async (_name, ask) => {
  for (let i = 0; i < TIMES; i += 1) {
    const [tuned, untuned] = [
      await answer(twins[0], tokens[0] ?? '', ask),
      await answer(twins[1], tokens[1] ?? '', ask),
    ];
    expect(tuned).toEqual(untuned);
  }
});

test('the same is logged of what went wrong', () => {
  const [tuned = [], untuned = []] = twins.map(({ logLines }) =>
    parsedLines(logLines).map(({ level, msg, requestId, endpoint, appId, errcode, error }) => ({
      ...{ level, msg, endpoint, appId, errcode },
      requestId: typeof requestId,
      // Where an error came through differs: one way is shorter.
      error: (error as { name?: string } | undefined)?.name,
    })),
  );
  expect(tuned.length).toBeGreaterThan(5);
  expect(tuned).toEqual(untuned);
});

test('what these cases compare is two ways: plain requests of one gateway go past the HTTP layer, of the other none', async () => {
  const past = jest.spyOn(ApolloServer.prototype, 'executeOperation');
  const ask = () => operation('session');
  await answer(twins[1], '', ask);
  expect(past).toHaveBeenCalledTimes(0);
  await answer(twins[0], '', ask);
  expect(past).toHaveBeenCalledTimes(1);
  past.mockRestore();
});
