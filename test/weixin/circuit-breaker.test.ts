import type { ServerResponse } from 'node:http';
import type { Milliseconds } from '../../src/domain/clock.js';
import { parsedLines } from '../harness/log-lines.js';
import { type Answer, type ScriptedServer, startScriptedServer } from '../harness/scripted-server.js';
import { until } from '../harness/until.js';
import { app, otherApp, weixinClient } from '../harness/weixin-client.js';

/** Failures that open a breaker. */
const TO_OPEN = 20;
const PATH = '/sns/jscode2session';
const good = JSON.stringify({ openid: 'oGZUI0egBJY1zhBYw2KhdUfwVJJE', session_key: 'tiihtNczf5v6AKRyjwEUhQ==' });
const unavailable = { code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 2 };
/** Not sent: the code may be sent again. */
const refused = { ok: false, failure: { failure: unavailable, codeSpent: 'no' } };

const succeeds: Answer = (response) => response.end(good);
const fails: Answer = (response) => response.writeHead(500).end();
const says =
  (body: unknown): Answer =>
  (response) =>
    response.end(JSON.stringify(body));

let now: Milliseconds;
let states: [appId: string, endpoint: string, isOpen: boolean][];
let refusals: [endpoint: string, cause: string][];
let server: ScriptedServer;
let client: ReturnType<typeof weixinClient>;
beforeEach(async () => {
  now = 1_000_000;
  states = [];
  refusals = [];
  server = await startScriptedServer(fails);
  client = connect();
});
afterEach(async () => {
  await client.close();
  await server.close();
});

function connect(deadline?: Milliseconds) {
  return weixinClient(server.origin, {
    ...(deadline !== undefined && { deadline }),
    uptime: () => now,
    metrics: {
      weixinBreaker: (...state) => states.push(state),
      weixinRefused: (...refusal) => refusals.push(refusal),
    },
  });
}

/** The requests that reach Weixin while this runs. */
async function reaching(work: () => Promise<unknown>): Promise<number> {
  const before = server.requests.length;
  await work();
  return server.requests.length - before;
}
const together = (calls: number) => Promise.all(Array.from({ length: calls }, () => client.exchange()));
async function inTurn(calls: number) {
  const answers = [];
  for (let i = 0; i < calls; i += 1) answers.push(await client.exchange().catch((error: unknown) => error));
  return answers;
}
const open = () => inTurn(TO_OPEN);
/** Lets the answers wait until they are all asked for. */
function hold(): ServerResponse[] {
  const held: ServerResponse[] = [];
  server.answer = (response) => held.push(response);
  return held;
}

describe('what opens a breaker', () => {
  test.each<[string, Answer, requestsACall?: number]>([
    ['-1, which is asked for twice', says({ errcode: -1 }), 2],
    ['a 500', fails],
    ['a 502 with a page', (response) => response.writeHead(502).end('<html>')],
    ['a connection that closes', (response) => response.destroy()],
  ])('%s, twenty times in a row; then nothing more is sent', async (_, answer, requestsACall = 1) => {
    server.answer = answer;
    expect(await reaching(() => inTurn(TO_OPEN))).toBe(TO_OPEN);
    expect(states.at(-1)).toEqual([app.appId, PATH, true]);
    expect(await reaching(async () => expect(await inTurn(3)).toEqual([refused, refused, refused]))).toBe(0);
    expect(refusals.length).toBeGreaterThanOrEqual(TO_OPEN - TO_OPEN / requestsACall);
  });

  test('silence', async () => {
    await client.close();
    client = connect(100);
    server.answer = () => undefined;
    await together(TO_OPEN);
    expect(await reaching(async () => expect(await client.exchange()).toEqual(refused))).toBe(0);
  });

  test('a server that cannot be reached', async () => {
    await server.close();
    await inTurn(TO_OPEN / 2);
    server = await startScriptedServer(succeeds);
    expect(states.at(-1)).toEqual([app.appId, PATH, true]);
  });

  test.each([40029, 40163, 40226, 45011, 45009, 40013, 40125, 40164, 40001, 99999])(
    'not %i, however often: Weixin answered',
    async (errcode) => {
      server.answer = says({ errcode });
      expect(await reaching(() => inTurn(5 * TO_OPEN))).toBe(5 * TO_OPEN);
      expect(states.filter(([, , isOpen]) => isOpen)).toEqual([]);
    },
  );

  test.each<[string, Answer]>([
    ['a 403, as of a firewall that dislikes what one user sent', (response) => response.writeHead(403).end('<html>')],
    ['a 400', (response) => response.writeHead(400).end()],
    ['a 404', (response) => response.writeHead(404).end()],
    ['a 429', (response) => response.writeHead(429).end()],
    ['a redirect', (response) => response.writeHead(302, { location: '/' }).end()],
    ['a page', (response) => response.end('<html>')],
    ['errcode 0 with nothing in it', says({ errcode: 0 })],
    ['an errcode that is not a number', says({ errcode: 'busy' })],
    ['a session key that is none', says({ openid: 'o1', session_key: 'short' })],
    ['more than 8 KiB', (response) => response.end(good.padEnd(9_000))],
  ])('not %s, however often: one user may cause it', async (_, answer) => {
    server.answer = answer;
    expect(await reaching(() => inTurn(5 * TO_OPEN))).toBe(5 * TO_OPEN);
    expect(states.filter(([, , isOpen]) => isOpen)).toEqual([]);
  });

  test('not nineteen failures before every success', async () => {
    for (let i = 0; i < 3; i += 1) {
      server.answer = fails;
      await inTurn(TO_OPEN - 1);
      server.answer = succeeds;
      expect(await client.exchange()).toMatchObject({ ok: true });
    }
  });

  test('twenty failures, while as many calls are still under way', async () => {
    const held = hold();
    const calls = together(2 * TO_OPEN);
    await until(
      () => held.length,
      (reached) => reached === 2 * TO_OPEN,
    );
    for (const response of held.slice(0, TO_OPEN)) response.writeHead(500).end();
    await until(
      () => states.at(-1)?.[2],
      (isOpen) => isOpen === true,
    );
    expect(await reaching(async () => expect(await client.exchange()).toEqual(refused))).toBe(0);
    for (const response of held.slice(TO_OPEN)) response.end(good);
    const answers = await calls;
    expect(answers.filter(({ ok }) => ok)).toHaveLength(TO_OPEN);
  });
});

describe('while a breaker is open', () => {
  test('one call a second goes through, however many come', async () => {
    await open();
    now += 999;
    expect(await reaching(() => together(50))).toBe(0);
    for (let second = 0; second < 3; second += 1) {
      now += 1_000;
      expect(await reaching(() => together(50))).toBe(1);
    }
  });

  test('a probe that stays without an answer holds nobody up, and a second later there is another', async () => {
    await open();
    const held = hold();
    now += 1_000;
    const probe = client.exchange();
    expect(await reaching(async () => expect(await client.exchange()).toEqual(refused))).toBeLessThanOrEqual(1);
    now += 1_000;
    server.answer = succeeds;
    expect(await client.exchange()).toMatchObject({ ok: true });
    expect(await reaching(() => together(50))).toBe(50);
    for (const response of held) response.end(good);
    expect(await probe).toMatchObject({ ok: true });
  });

  test.each<[string, Answer]>([
    ['a success', succeeds],
    ['a refusal of the code', says({ errcode: 40029 })],
  ])('%s closes it, and it takes twenty failures again', async (_, answer) => {
    await open();
    now += 1_000;
    server.answer = answer;
    await client.exchange();
    server.answer = fails;
    expect(await reaching(() => inTurn(TO_OPEN + 5))).toBe(TO_OPEN);
  });

  test('a call from before it opened says nothing: neither that Weixin works, nor, later, that it fails', async () => {
    const held = hold();
    const early = together(TO_OPEN + 1);
    await until(
      () => held.length,
      (reached) => reached === TO_OPEN + 1,
    );
    server.answer = fails;
    await open();
    held.pop()?.end(good);
    await until(
      () => client.exchange(),
      (answer) => !answer.ok,
    );
    expect(states.at(-1)?.[2]).toBe(true);

    now += 1_000;
    server.answer = succeeds;
    expect(await client.exchange()).toMatchObject({ ok: true });
    for (const response of held) response.writeHead(500).end();
    await early;
    expect(await reaching(() => together(50))).toBe(50);
  });

  test("another app's calls of the endpoint go on", async () => {
    await open();
    server.answer = succeeds;
    expect(await client.exchange('a-code', otherApp)).toMatchObject({ ok: true });
    expect(await client.exchange()).toEqual(refused);
  });

  test("the app's other endpoints go on", async () => {
    await open();
    server.answer = (response, { url }) => {
      const isToken = url?.startsWith('/cgi-bin/stable_token') === true;
      response.end(
        JSON.stringify(isToken ? { access_token: 'a-token', expires_in: 7200 } : { errcode: 0, vaild: true }),
      );
    };
    expect(await client.api.hasIssued(app.appId, Buffer.alloc(112), client.inTime())).toEqual({
      ok: true,
      value: true,
    });
  });

  test('what is not sent is counted, by endpoint and cause', async () => {
    await open();
    await inTurn(3);
    expect(refusals).toEqual(Array.from({ length: 3 }, () => [PATH, 'breaker']));
  });
});

test('the log has one line when a breaker opens and one when it closes, with the app and the endpoint', async () => {
  await open();
  await inTurn(10);
  now += 1_000;
  server.answer = succeeds;
  await inTurn(10);
  const lines = parsedLines(client.logLines).filter(({ msg }) => msg !== 'Weixin did not answer');
  expect(lines).toMatchObject([
    { appId: app.appId, endpoint: PATH, msg: 'Weixin fails: it is asked once a second' },
    { appId: app.appId, endpoint: PATH, msg: 'Weixin works again' },
  ]);
  expect(states.slice(-2)).toEqual([
    [app.appId, PATH, true],
    [app.appId, PATH, false],
  ]);
});
