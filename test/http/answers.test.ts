import { connect } from 'node:net';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

let running: RunningGateway;

beforeAll(async () => {
  running = await runGateway();
});
afterAll(() => running.gateway.stop());

const get = (path: string, init?: RequestInit) => fetch(running.gateway.url + path, init);
const post = (body: string): RequestInit => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body });

test.each([
  ['/healthz', { status: 'ok' }],
  ['/readyz', { status: 'ready' }],
])('%s is 200 while the gateway runs', async (path, body) => {
  const response = await get(path);
  expect({ status: response.status, body: await response.json() }).toEqual({
    status: 200,
    body: expect.objectContaining(body) as unknown,
  });
});

test.each<[method: string, path: string]>([
  ['GET', '/favicon.ico'],
  ['GET', '/graphql/'],
  ['GET', '//graphql'],
  ['GET', '/GraphQL'],
  ['POST', '/nothing?secret=in-the-query'],
  ['POST', '/healthz'],
  ['PUT', '/graphql'],
  ['DELETE', '/graphql'],
])('%s %s is not found, in JSON', async (method, path) => {
  const response = await get(path, { method });
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(await response.json()).toEqual({
    errors: [{ message: 'There is nothing here; the API is at /graphql.', extensions: { code: 'NOT_FOUND' } }],
  });
});

const SESSION = '{"query":"{session{__typename}}"}';
const everyAnswer: readonly (readonly [what: string, path: string, init: RequestInit])[] = [
  ['an operation', '/graphql', post(SESSION)],
  ['an operation that does not parse', '/graphql', post('{"query":"{"}')],
  ['an operation that does not validate', '/graphql', post('{"query":"{nothing}"}')],
  ['a batch', '/graphql', post(`[${SESSION}]`)],
  ['a long document', '/graphql', post(JSON.stringify({ query: ' '.repeat(8193) }))],
  ['a body that is not JSON', '/graphql', post('{')],
  ['a body that is too large', '/graphql', post(' '.repeat(32 * 1024 + 1))],
  ['a body of another type', '/graphql', { method: 'POST', body: 'text' }],
  ['a GET without a preflight', '/graphql?query=%7B__typename%7D', {}],
  [
    'a preflight',
    '/graphql',
    { method: 'OPTIONS', headers: { origin: 'https://a.example', 'access-control-request-method': 'POST' } },
  ],
  ['an OPTIONS that is no preflight', '/graphql', { method: 'OPTIONS' }],
  ['a browser', '/graphql', { headers: { accept: 'text/html' } }],
  ['nothing there', '/nothing', {}],
  ['/healthz', '/healthz', {}],
  ['/readyz', '/readyz', {}],
];

test.each(everyAnswer)('the answer has a request id of its own: %s', async (_what, path, init) => {
  const headers = new Headers(init.headers);
  headers.set('x-request-id', 'mine');
  const asked = { ...init, headers };
  const ids = [await get(path, asked), await get(path, asked)].map(({ headers }) => headers.get('x-request-id'));
  expect(ids).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  expect(new Set(ids).size).toBe(2);
});

test.each(everyAnswer)('no browser may guess at what the answer is: %s', async (_what, path, init) => {
  expect((await get(path, init)).headers.get('x-content-type-options')).toBe('nosniff');
});

test('a path that does not decode is refused as everything else is', async () => {
  const response = await get('/%zz');
  expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(await response.text()).not.toContain('%zz');
});

test.each(everyAnswer.slice(0, 4))('no cache keeps an answer of the API: %s', async (_what, path, init) => {
  expect((await get(path, init)).headers.get('cache-control')).toBe('no-store');
});

test('a request that is not HTTP is refused, and the connection closes', async () => {
  const socket = connect(Number(new URL(running.gateway.url).port), '127.0.0.1');
  socket.setTimeout(3_000, () => socket.destroy(new Error('The connection stays open.')));
  socket.write('POST /graphql\r\n\r\n');
  let received = '';
  for await (const chunk of socket) received += String(chunk);
  expect(received).toMatch(/^HTTP\/1.1 400 /);
});
