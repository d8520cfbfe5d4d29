import { WebSocket } from 'undici';
import { parsedLines } from '../harness/log-lines.js';
import { untilClosed } from '../harness/raw-requests.js';
import { type RunningGateway, runGateway, runProductionGateway } from '../harness/running-gateway.js';

/* Mistakes of a first hour: each is told what to do instead, and none learns anything about a token. */

const OWN = 'https://console.example.com';
const ERROR = '{ __typename ... on UserError { code message remedy retryAfterSeconds } }';

let running: RunningGateway;
let production: RunningGateway;
beforeAll(async () => {
  [running, production] = await Promise.all([runGateway({ CORS_ORIGINS: OWN }), runProductionGateway()]);
});
afterAll(() => Promise.all([running.gateway.stop(), production.gateway.stop()]));

describe('a token that is sent in the wrong way', () => {
  const MALFORMED = 'The Authorization header is malformed';
  const OTHER_HEADER = 'There is no Authorization header';
  const token = '0'.repeat(43);

  const mistakes: [what: string, headers: Record<string, string>, hint: string][] = [
    ['without Bearer', { authorization: token }, MALFORMED],
    ['in another scheme', { authorization: `Basic ${token}` }, MALFORMED],
    ['with Bearer twice', { authorization: `Bearer Bearer ${token}` }, MALFORMED],
    ['after a colon', { authorization: `Bearer: ${token}` }, MALFORMED],
    ['in quotation marks', { authorization: `Bearer "${token}"` }, MALFORMED],
    ['as a list', { authorization: `Bearer ${token}, Bearer ${token}` }, MALFORMED],
    ['as Bearer alone', { authorization: 'Bearer' }, MALFORMED],
    ['as an object', { authorization: 'Bearer [object Object]' }, MALFORMED],
    ['before there is one', { authorization: 'Bearer undefined' }, 'undefined or null for a token'],
    ['after it is gone', { authorization: 'Bearer null' }, 'undefined or null for a token'],
    ['as X-Token', { 'x-token': token }, OTHER_HEADER],
    ['as token', { token }, OTHER_HEADER],
    ['as X-Access-Token', { 'x-access-token': token }, OTHER_HEADER],
    ['as a cookie', { cookie: `token=${token}` }, OTHER_HEADER],
  ];

  const operations: [name: string, query: string][] = [
    ['session', `{ session ${ERROR} }`],
    ['checkSession', `{ checkSession ${ERROR} }`],
    ['exchangePhoneCode', `mutation { exchangePhoneCode(input: { code: "c" }) ${ERROR} }`],
    ['resolveCloudPhone', `mutation { resolveCloudPhone(input: { cloudId: "c" }) ${ERROR} }`],
  ];

  async function error(query: string, headers: Record<string, string>) {
    const { body, text } = await production.client().post<Record<string, { message: string }>>({ query }, headers);
    return { text, ...Object.values(body.data ?? {})[0] };
  }

  test.each(mistakes)('%s: NOT_LOGGED_IN, and the message says what is wrong', async (_what, headers, hint) => {
    for (const [, query] of operations) {
      const { text, ...answer } = await error(query, headers);
      expect(answer).toEqual({
        __typename: 'InvalidSessionError',
        code: 'NOT_LOGGED_IN',
        message: expect.stringContaining(hint) as string,
        remedy: 'LOGIN_AND_RESEND',
        retryAfterSeconds: null,
      });
      expect(text).not.toContain(token);
    }
  });

  test.each(mistakes)('%s: the same bytes with a token that lives', async (_what, headers) => {
    const live = (await production.loggedIn('alice')).token ?? '';
    const withLive = Object.fromEntries(
      Object.entries(headers).map(([name, text]) => [name, text.replace(token, live)]),
    );
    const [, query] = operations[0] ?? ['', ''];
    expect((await error(query, withLive)).text).toBe((await error(query, headers)).text);
  });

  test.each(operations)('%s: an unknown token has the bytes of no token', async (_name, query) => {
    const none = await error(query, {});
    expect(none.message).toMatch(/^There is no live session for this request: /);
    for (const text of [token, 'x', 'a.b-c_d~e+f/==', '0'.repeat(5000)]) {
      expect(await error(query, { authorization: `Bearer ${text}` })).toEqual(none);
    }
    expect(await error(query, { authorization: `Bearer ${token}`, 'x-token': token, cookie: 'a=b' })).toEqual(none);
  });
});

describe('a WebSocket', () => {
  const upgrade = (path: string) =>
    [
      `GET ${path} HTTP/1.1`,
      ...['Host: 127.0.0.1', 'Connection: Upgrade', 'Upgrade: WebSocket', 'Accept: text/html'],
      ...['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version: 13'],
      ...['Sec-WebSocket-Protocol: graphql-transport-ws', '', ''],
    ].join('\r\n');

  test('is told that there are no subscriptions, and the connection closes', async () => {
    for (const { gateway } of [running, production]) {
      const answer = await untilClosed(gateway.url, upgrade('/graphql'), 5_000);
      expect(answer).toMatch(/^HTTP\/1\.1 405 /);
      expect(answer).toContain('There are no subscriptions here');
    }
  });

  test('is what the client of a browser sees as well', async () => {
    const socket = new WebSocket(`${running.gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const outcome = await new Promise((resolve) => {
      socket.addEventListener('open', () => resolve('open'));
      socket.addEventListener('error', () => resolve('error'));
    });
    expect(outcome).toBe('error');
  });

  test('another upgrade, such as that of curl --http2, is ignored: the operation runs', async () => {
    const body = '{"query":"{__typename}"}';
    const head = ['POST /graphql HTTP/1.1', 'Host: 127.0.0.1', 'Content-Type: application/json'];
    const h2c = ['Connection: Upgrade, HTTP2-Settings, close', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__'];
    const request = [...head, ...h2c, `Content-Length: ${body.length}`, '', body].join('\r\n');
    expect(await untilClosed(running.gateway.url, request, 5_000)).toContain('{"data":{"__typename":"Query"}}');
  });
});

describe('a preflight that fails', () => {
  let fresh: RunningGateway;
  beforeEach(async () => {
    fresh = await runGateway({ CORS_ORIGINS: OWN });
  });
  afterEach(() => fresh.gateway.stop());

  const preflight = (origin: string, { gateway }: RunningGateway = fresh) =>
    fetch(`${gateway.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
  const told = ({ logLines }: RunningGateway = fresh) =>
    parsedLines(logLines)
      .filter(({ msg }) => String(msg).includes('CORS_ORIGINS'))
      .map(({ url, level }) => ({ url, level }));

  test('is one line of the log in development, which names the origin and CORS_ORIGINS', async () => {
    for (let i = 0; i < 3; i += 1) await preflight('http://localhost:5173');
    expect(told()).toEqual([{ url: 'http://localhost:5173', level: 40 }]);
  });

  test('is told for a few origins, and then no more', async () => {
    for (let i = 0; i < 50; i += 1) await preflight(`http://localhost:${5_000 + i}`);
    expect(told()).toHaveLength(5);
  });

  test.each([
    ['a local file', 'null', 'null'],
    ['no URL', 'nobody\tknows', 'null'],
    ['a long one', `https://${'a'.repeat(300)}.example`, 'null'],
    ['credentials and a path', 'https://user:secret@evil.example/k13580006666?q', 'https://evil.example'],
    ['another scheme', 'chrome-extension://abcdef', 'null'],
  ])('has an origin in that line and nothing else: %s', async (_what, origin, url) => {
    await preflight(origin);
    expect(told()).toEqual([{ url, level: 40 }]);
  });

  test('no line for origins of CORS_ORIGINS, for other requests, and in production', async () => {
    await preflight(OWN);
    await fetch(`${fresh.gateway.url}/graphql`, { method: 'OPTIONS', headers: { origin: 'https://a.example' } });
    await fetch(`${fresh.gateway.url}/healthz`, { headers: { origin: 'https://a.example' } });
    expect(told()).toEqual([]);
    await preflight('https://a.example', production);
    expect(told(production)).toEqual([]);
  });
});
