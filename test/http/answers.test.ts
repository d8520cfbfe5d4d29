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
  ['a GET query', '/graphql?query=%7B__typename%7D', {}],
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

test.each(everyAnswer)('the answer forbids content sniffing: %s', async (_what, path, init) => {
  expect((await get(path, init)).headers.get('x-content-type-options')).toBe('nosniff');
});

test('the answer to a path that does not decode has a request id and does not quote the path', async () => {
  const response = await get('/%zz');
  expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(await response.text()).not.toContain('%zz');
});

test.each(everyAnswer.slice(0, 4))('no cache keeps an answer of the API: %s', async (_what, path, init) => {
  expect((await get(path, init)).headers.get('cache-control')).toBe('no-store');
});

test.each(['GET', 'PUT', 'PATCH', 'DELETE'])('%s /graphql is told to use POST', async (method) => {
  const response = await get('/graphql?query=%7B__typename%7D', { method });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  expect(await response.json()).toEqual({
    errors: [{ message: 'The API takes POST requests only: use POST.', extensions: { code: 'METHOD_NOT_ALLOWED' } }],
  });
});

/** Returns everything received for these bytes until the connection closes. */
async function answerTo(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(running.gateway.url).port), '127.0.0.1');
  socket.setTimeout(10_000, () => socket.destroy(new Error('The connection stays open.')));
  socket.write(bytes);
  let received = '';
  for await (const chunk of socket) received += String(chunk);
  return received;
}

test.each([
  ['no HTTP', 400, 'NONSENSE\r\n\r\n'],
  ['a header without a colon', 400, 'GET /healthz HTTP/1.1\r\nhost localhost\r\n\r\n'],
  ['two lengths', 400, 'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n'],
  ['a tunnel', 405, 'CONNECT example.com:443 HTTP/1.1\r\nhost: example.com:443\r\n\r\n'],
  ['more headers than fit', 431, `GET /healthz HTTP/1.1\r\nhost: localhost\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`],
])(
  'a request that the parser rejects is answered like every other, and the connection closes: %s',
  async (_, status, bytes) => {
    const answer = await answerTo(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toMatch(/\r\nx-request-id: [0-9a-f-]{36}\r\n/);
    expect(answer).toMatch(
      /\{"errors":\[\{"message":"[^"]+","extensions":\{"code":"(BAD_REQUEST|METHOD_NOT_ALLOWED)"\}\}\]\}$/,
    );
  },
);
