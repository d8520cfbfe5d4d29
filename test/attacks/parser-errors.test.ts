import { rawPost, untilClosed } from '../harness/raw-requests.js';
import { type RunningGateway, runProductionGateway } from '../harness/running-gateway.js';

/*
 * Requests that never reach a route are answered by Node's parser and its defaults, in another shape. Clients that read
 * JSON, and people who look for a request id, must get both.
 */

const HEAD = 'POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n';
const SECRET = 'k13580006666';

type Broken = readonly [what: string, status: RegExp, bytes: string];

const broken: readonly Broken[] = [
  ['a request line without a version', /400/, 'POST /graphql\r\n\r\n'],
  ['what is not HTTP', /400/, '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n'],
  ['a method that HTTP has not', /400/, `BREW /${SECRET} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`],
  ['a version that HTTP has not', /400|505/, 'GET /healthz HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n'],
  ['a header without a colon', /400/, `${HEAD}${SECRET}\r\n\r\n`],
  ['a header with a control character', /400/, `${HEAD}X: ${SECRET}\x01\r\n\r\n`],
  ['headers of more than 16 KiB', /431/, `${HEAD}X: ${SECRET.repeat(2_000)}\r\n\r\n`],
  ['no Host', /400/, 'POST /graphql HTTP/1.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'],
  ['a length that is no number', /400/, `${HEAD}Content-Length: ${SECRET}\r\n\r\n`],
  ['a negative length', /400/, `${HEAD}Content-Length: -1\r\n\r\n`],
  ['two lengths', /400/, `${HEAD}Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}`],
  ['a length and chunks', /400/, `${HEAD}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['a chunk whose length is no number', /400/, `${HEAD}Transfer-Encoding: chunked\r\n\r\n${SECRET}\r\n`],
  ['a coding that is not chunked', /400|501/, `${HEAD}Transfer-Encoding: gzip\r\n\r\n`],
  ['another expectation', /417/, `${HEAD}Expect: 200-${SECRET}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`],
  ['a path that does not decode', /400/, `GET /%zz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`],
  ['a broken request behind a good one', /400/, `${rawPost({ query: '{__typename}' })}BREW / HTTP/1.1\r\n\r\n`],
];
/** Until the gateway's own deadline for a request has passed. */
const late: readonly Broken[] = [
  ['a head that does not end', /408/, HEAD],
  ['half a request line', /408/, 'POST /gra'],
  ['a body that does not come', /408/, `${HEAD}Content-Length: 10\r\n\r\n{`],
];

let running: RunningGateway;
let lateAnswers: ReadonlyMap<string, Promise<string>>;

beforeAll(async () => {
  running = await runProductionGateway();
  // All of them now, so that they are late together.
  lateAnswers = new Map(late.map(([what, , bytes]) => [what, untilClosed(running.gateway.url, bytes)]));
  for (const answer of lateAnswers.values()) answer.catch(() => undefined);
});
afterAll(() => running.gateway.stop());

interface Answer {
  readonly status: string;
  readonly headers: Headers;
  readonly body: string;
}

/** The last answer on a connection. */
function lastAnswer(received: string): Answer {
  const answer = received.slice(received.lastIndexOf('HTTP/1.1 '));
  const [head = '', body = ''] = answer.split('\r\n\r\n', 2);
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return { status: statusLine.split(' ')[1] ?? '', headers: new Headers(headers), body };
}

function expectShape(received: string, status: RegExp): void {
  const answer = lastAnswer(received);
  expect(answer.status).toMatch(status);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(answer.body)),
    'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    connection: 'close',
  });
  expect(JSON.parse(answer.body)).toEqual({
    errors: [
      {
        message: expect.stringMatching(/./) as string,
        extensions: { code: expect.stringMatching(/^[A-Z_]+$/) as string },
      },
    ],
  });
  expect(received).not.toContain(SECRET);
}

test.each(broken)(
  '%s: the answer is JSON in the shape of other errors, with a request id',
  async (_what, status, bytes) => {
    expectShape(await untilClosed(running.gateway.url, bytes, 5_000), status);
  },
);

test('two such answers have two request ids', async () => {
  const ask = async () => lastAnswer(await untilClosed(running.gateway.url, 'POST /graphql\r\n\r\n'));
  const ids = [await ask(), await ask()].map(({ headers }) => headers.get('x-request-id'));
  expect(new Set(ids).size).toBe(2);
});

test.each(late)('%s: the same answer, and the connection closes', async (what, status) => {
  expectShape((await lateAnswers.get(what)) ?? '', status);
});

test('such requests are not logged', () => {
  expect(running.logLines.join('')).not.toContain(SECRET);
});
