import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type Answer, type ScriptedServer, startScriptedServer } from '../harness/scripted-server.js';
import { everySecond, weixinClient } from '../harness/weixin-client.js';

const DEADLINE = 150;
/** The deadline, and what a busy machine may add. */
const GENEROUS = DEADLINE + 1000;
const good = JSON.stringify({ openid: 'oGZUI0egBJY1zhBYw2KhdUfwVJJE', session_key: 'tiihtNczf5v6AKRyjwEUhQ==' });

const lost = (codeSpent: 'no' | 'unknown') => ({
  ok: false,
  failure: { failure: { code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 2 }, codeSpent },
});

let server: ScriptedServer;
let client: ReturnType<typeof weixinClient>;
beforeEach(async () => {
  server = await startScriptedServer();
  client = weixinClient(server.origin, { deadline: DEADLINE, uptime: everySecond() });
});
afterEach(async () => {
  await client.close();
  await server.close();
});

const exchange = () => client.exchange();
/** An answer is lost, in time, after one request, and the log says why. */
async function expectLost(answer: Answer, reason: string): Promise<void> {
  server.answer = answer;
  const before = performance.now();
  expect(await exchange()).toEqual(lost('unknown'));
  expect(performance.now() - before).toBeLessThan(GENEROUS);
  expect(server.requests).toHaveLength(1);
  expect(reasons()).toEqual([reason]);
}

const drip: Answer = (response) => {
  const dripping = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(dripping));
};
const reasons = () => client.logLines.map((line) => (JSON.parse(line) as { reason?: string }).reason);

describe('an answer that does not come may have used the code: it is not asked for again', () => {
  test.each<[string, Answer, reason: string]>([
    ['a 500', (response) => response.writeHead(500).end(good), 'status 500'],
    ['a 503 without a body', (response) => response.writeHead(503).end(), 'status 503'],
    ['a 404', (response) => response.writeHead(404).end(good), 'status 404'],
    ['a 201', (response) => response.writeHead(201).end(good), 'status 201'],
    ['a connection closed after the request was read', (response) => response.destroy(), 'UND_ERR_SOCKET'],
    [
      'a connection closed amid the answer',
      (response) => {
        response.writeHead(200, { 'content-length': '500' }).write(good, () => response.destroy());
      },
      'UND_ERR_SOCKET',
    ],
    ['what is not HTTP', ({ socket }) => socket?.end('SSH-2.0-OpenSSH_9.6\r\n\r\n'), 'unknown'],
  ])('%s', (_, answer, reason) => expectLost(answer, reason));

  test.each<[string, Answer]>([
    ['silence past the deadline', () => undefined],
    ['half an answer, then silence', (response) => void response.write(good.slice(0, 20))],
    ['an answer that drips in for longer than the deadline', drip],
  ])('%s', (_, answer) => expectLost(answer, 'no answer in time'));
});

test.each([301, 302, 303, 307, 308])('a %i is not followed: the secret is in the URL', async (status) => {
  const elsewhere = await startScriptedServer((response) => response.end(good));
  server.answer = (response, { url }) => response.writeHead(status, { location: elsewhere.origin + (url ?? '') }).end();
  expect(await exchange()).toEqual(lost('unknown'));
  await elsewhere.close();
  expect([server.requests.length, elsewhere.requests.length]).toEqual([1, 0]);
});

describe('an answer is read up to 8 KiB', () => {
  const padded = (length: number) => good.padEnd(length, ' ');

  test('one of 8 KiB is read', async () => {
    server.answer = (response) => response.end(padded(8192));
    expect(await exchange()).toMatchObject({ ok: true });
  });

  test.each([
    ['with its length said', (response) => response.end(padded(8193))],
    [
      'in chunks',
      (response) => {
        response.write(padded(8192));
        response.end(' ');
      },
    ],
    [
      'and longer, without end',
      (response) => {
        const more = () => {
          while (!response.destroyed && response.write(' '.repeat(65_536)));
        };
        response.on('drain', more);
        more();
      },
    ],
  ] satisfies [string, Answer][])('one that is longer is dropped: %s', async (_, answer) => {
    server.answer = answer;
    expect(await exchange()).toEqual(lost('unknown'));
    expect(reasons()).toEqual(['UND_ERR_RES_EXCEEDED_MAX_SIZE']);
    expect(server.requests).toHaveLength(1);
  });
});

test('a connection that is refused is tried once more, and leaves the code unused', async () => {
  let attempts = 0;
  const count = () => attempts++;
  await server.close();
  subscribe('undici:client:connectError', count);
  const exchanged = await exchangeWithTime();
  unsubscribe('undici:client:connectError', count);
  expect(exchanged).toEqual(lost('no'));
  expect(attempts).toBe(2);
});

/** With time for the pause before the repetition. */
async function exchangeWithTime() {
  const patient = weixinClient(server.origin);
  try {
    return await patient.exchange();
  } finally {
    await patient.close();
  }
}

test('a call after lost ones works: no connection stays taken', async () => {
  server.answer = () => undefined;
  await Promise.all(Array.from({ length: 70 }, () => exchange()));
  server.answer = (response) => response.end(good);
  expect(await exchange()).toMatchObject({ ok: true });
});
