import { connect } from 'node:net';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

let running: RunningGateway;
let url: string;

beforeAll(async () => {
  running = await runGateway();
  url = `${running.gateway.url}/graphql`;
});
afterAll(() => running.gateway.stop());

const OPERATION = '{"query":"{__typename}"}';
const RAN = { data: { __typename: 'Query' } };
const refused = (message: string) => ({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });

async function post(body: string | Uint8Array, contentType?: string): Promise<{ status: number; body: unknown }> {
  const headers: Record<string, string> = contentType === undefined ? {} : { 'content-type': contentType };
  const response = await fetch(url, { method: 'POST', headers, body: Buffer.from(body) });
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  return { status: response.status, body: await response.json() };
}

test.each([
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=UTF-8',
  'Application/JSON',
])('a body of type %s is read', async (type) =>
  expect(await post(OPERATION, type)).toEqual({ status: 200, body: RAN }),
);

test.each([
  'text/plain',
  'text/plain; application/json',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'application/graphql',
  'application/jsonp',
  'application/xml',
  undefined,
])('a body of type %s is rejected: a form of another site cannot send JSON', async (type) =>
  expect(await post(OPERATION, type)).toEqual({
    status: 415,
    body: refused('The content type must be application/json.'),
  }),
);

const utf8 = (text: string) => Buffer.from(text);
test.each([
  ['a byte that UTF-8 has not', Buffer.concat([utf8('{"query":"{__typename}#'), Buffer.of(0xff), utf8('"}')])],
  ['a character that is cut off', Buffer.concat([utf8('{"query":"{__typename}#'), Buffer.of(0xe4, 0xb8), utf8('"}')])],
  ['an overlong slash', Buffer.concat([utf8('{"query":"{__typename}#'), Buffer.of(0xc0, 0xaf), utf8('"}')])],
  [
    'half of a surrogate pair',
    Buffer.concat([utf8('{"query":"{__typename}#'), Buffer.of(0xed, 0xa0, 0x80), utf8('"}')]),
  ],
  ['UTF-16', Buffer.from(`\ufeff${OPERATION}`, 'utf16le')],
])('bytes that are not UTF-8 are rejected, not replaced: %s', async (_defect, body) =>
  expect(await post(body, 'application/json')).toEqual({ status: 400, body: refused('The body is not UTF-8.') }),
);

test.each([
  ['nothing closed', '{"query":"{__typename}"'],
  ['no JSON at all', 'query=%7B__typename%7D'],
  ['more after it', `${OPERATION}${OPERATION}`],
  ['a comment', `/**/${OPERATION}`],
  ['single quotes', "{'query':'{__typename}'}"],
  ['white space alone', ' \n'],
  ['a member __proto__', '{"query":"{__typename}","__proto__":{"query":"x"}}'],
  ['a member __proto__ deep inside', '{"query":"{__typename}","variables":{"a":[{"__proto__":{}}]}}'],
  ['a member __proto__ behind an escape', '{"query":"{__typename}","__\\u0070roto__":{}}'],
  ['a member constructor that has a prototype', '{"query":"{__typename}","constructor":{"prototype":{}}}'],
])('malformed JSON and prototype-polluting keys are rejected: %s', async (_defect, body) =>
  expect(await post(body, 'application/json')).toEqual({ status: 400, body: refused('The body is not JSON.') }),
);

test('an empty body is rejected', async () =>
  expect(await post('', 'application/json')).toEqual({ status: 400, body: refused('The body is empty.') }));

test.each(['null', '"text"', '5', 'true', '{}', '{"other":1}', '{"query":5}'])(
  'a body without a document is rejected: %s',
  async (body) =>
    expect(await post(body, 'application/json')).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code: 'BAD_REQUEST' } }] },
    }),
);

describe('a body over 32 KiB', () => {
  const MAX = 32 * 1024;

  test('one byte less is read', async () => {
    const body = OPERATION.padEnd(MAX, ' ');
    expect(await post(body, 'application/json')).toEqual({ status: 200, body: RAN });
  });

  /** Sends a request with an endless body, and returns everything received until the gateway closes the connection. */
  async function sendUntilClosed(header: string, body: string): Promise<string> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.setTimeout(3_000, () => socket.destroy(new Error('The connection stays open.')));
    socket.write(
      `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${header}\r\n\r\n${body}`,
    );
    let received = '';
    for await (const chunk of socket) received += String(chunk);
    return received;
  }

  test.each([
    ['announced', `Content-Length: ${MAX + 1}`, '{'],
    ['announced as 43 MiB', `Content-Length: ${43 * 1024 * 1024}`, '{'],
    ['sent in chunks', 'Transfer-Encoding: chunked', `${(MAX + 1).toString(16)}\r\n${' '.repeat(MAX + 1)}\r\n`],
  ])('is rejected before it is complete, and the connection closes: %s', async (_way, header, body) => {
    const answer = await sendUntilClosed(header, body);
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(answer).toMatch(/\r\nconnection: close\r\n/i);
    expect(answer).toMatch(/\r\nx-request-id: [0-9a-f-]{36}\r\n/);
    expect(answer).toMatch(JSON.stringify(refused('The body is too large.')));
  });
});
