import { createDemoApp } from '../../src/simulator/demo-app.js';
import { GET_USER_PHONE_NUMBER, STABLE_TOKEN } from '../../src/simulator/weixin-routes.js';
import type { GatewayClient } from '../harness/gateway-client.js';
import { patiently } from '../harness/patiently.js';
import { type RunningGateway, runGatewayOfApps } from '../harness/running-gateway.js';
import { type Answer, type ScriptedServer, startScriptedServer } from '../harness/scripted-server.js';
import { type TemporaryFile, temporaryFile } from '../harness/temporary-file.js';

const NUMBER = { __typename: 'PhoneNumber' };
const KEY = 'the-key-of-the-token-server';

let running: RunningGateway;
let alice: GatewayClient;
let tokens: ScriptedServer;
let header: TemporaryFile;
/** The `x-token-key` of each request. */
let keys: unknown[];

const app = createDemoApp();
const issued = () => running.simulator.world.tokens.current(app.appId);
const says =
  (body: () => unknown): Answer =>
  (response) =>
    response.end(JSON.stringify(body()));
const tap = () => running.simulator.world.tap(app.appId, 'alice');
const exchange = () => alice.exchangePhoneCode(tap().code);

beforeEach(async () => {
  keys = [];
  tokens = await startScriptedServer();
  header = temporaryFile('header', `X-Token-Key: ${KEY}\n`);
  running = await runGatewayOfApps([app], {
    WEIXIN_TOKEN_URL: `${tokens.origin}/tokens/{appid}?app={appid}`,
    WEIXIN_TOKEN_HEADER_FILE: header.path,
    WEIXIN_TIMEOUT_MS: '1500',
    SESSION_IDLE_SECONDS: '100000',
  });
  alice = await running.loggedIn('alice');
  tokens.answer = says(issued);
});
afterEach(async () => {
  await running.gateway.stop();
  await tokens.close();
  header.remove();
});

const withoutExpiry = () => ({ access_token: issued().access_token });
test.each<[string, () => unknown]>([
  ['Weixin’s form', issued],
  ['the same under data', () => ({ code: 0, data: issued() })],
  [
    'token for access_token, and no expires_in',
    () => ({ code: 0, errorMsg: '', data: { token: issued().access_token } }),
  ],
  ['no expires_in', withoutExpiry],
  ['expires_in as text', () => ({ ...issued(), expires_in: '7200' })],
])('a token in %s works, with the appid in the URL and the header; stable_token is not called', async (_, body) => {
  tokens.answer = (response, request) => {
    keys.push(request.headers['x-token-key']);
    response.end(JSON.stringify(body()));
  };
  expect(await exchange()).toMatchObject(NUMBER);
  expect(tokens.requests).toEqual([`GET /tokens/${app.appId}?app=${app.appId}`]);
  expect(keys).toEqual([KEY]);
  expect(running.simulator.faults.calls(STABLE_TOKEN)).toBe(0);
});

test('one flight serves all who wait, and the token those that come later', async () => {
  tokens.answer = (response) => void setTimeout(() => says(issued)(response, undefined as never), 50);
  const answers = await Promise.all(Array.from({ length: 20 }, exchange));
  for (const answer of [...answers, await exchange()]) expect(answer).toMatchObject(NUMBER);
  expect(tokens.requests).toHaveLength(1);
});

test('a token without expires_in is held for a minute', async () => {
  tokens.answer = says(withoutExpiry);
  await exchange();
  await exchange();
  expect(tokens.requests).toHaveLength(1);
  running.clock.advanceSeconds(60);
  await exchange();
  expect(tokens.requests).toHaveLength(2);
});

test('a token is held for two hours at most, whatever its server says', async () => {
  tokens.answer = says(() => ({ ...issued(), expires_in: 1_000_000 }));
  await exchange();
  running.clock.advanceSeconds(7200);
  await exchange();
  expect(tokens.requests).toHaveLength(2);
  expect(running.simulator.faults.calls(GET_USER_PHONE_NUMBER)).toBe(2);
});

test('a rejected token is asked for anew, once', async () => {
  await exchange();
  running.simulator.world.tokens.rejectAll();
  expect(await exchange()).toMatchObject(NUMBER);
  expect(tokens.requests).toHaveLength(2);
});

test('a rejected token that comes again is the operator’s matter, no code is spent, and nobody asks in a loop', async () => {
  const { code } = tap();
  const rejected = { errcode: 40001 };
  running.simulator.faults.add(
    GET_USER_PHONE_NUMBER,
    Array.from({ length: 6 }, () => rejected),
  );
  await expect(alice.exchangePhoneCode(code)).rejects.toThrow('INTERNAL_SERVER_ERROR');
  expect(tokens.requests).toHaveLength(2);
  for (let i = 0; i < 5; i += 1) await expect(exchange()).rejects.toThrow('INTERNAL_SERVER_ERROR');
  expect(tokens.requests).toHaveLength(2);
  expect(await alice.exchangePhoneCode(code)).toMatchObject(NUMBER);
});

const TEXT = 'a-text-that-no-log-may-quote';
test.each<[string, Answer, string]>([
  ['no token', says(() => ({ code: 0, data: { note: TEXT } })), 'no access_token in the answer'],
  [
    'a failure in its own form',
    says(() => ({ code: -1000, errorMsg: TEXT, data: TEXT })),
    'no access_token in the answer',
  ],
  ['an errcode', says(() => ({ errcode: 40013, errmsg: TEXT })), 'errcode 40013 in the answer'],
  ['a token that is none', says(() => ({ access_token: `${TEXT} and\nmore` })), 'no access_token in the answer'],
  ['a bad expires_in', says(() => ({ access_token: TEXT, expires_in: TEXT })), 'expires_in is not a number of seconds'],
  ['a page', (response) => response.end(`<html>${TEXT}`), 'not JSON'],
  ['a 401', (response) => response.writeHead(401).end(TEXT), 'status 401'],
  ['a redirect', (response) => response.writeHead(302, { location: `/${TEXT}` }).end(), 'status 302'],
  ['too much', (response) => response.end(TEXT.repeat(1_000)), 'UND_ERR_RES_EXCEEDED_MAX_SIZE'],
])(
  '%s is the operator’s matter: one error line with the reason, nothing of the body, and no code is spent',
  async (_, answer, reason) => {
    const { code } = tap();
    tokens.answer = answer;
    await expect(alice.exchangePhoneCode(code)).rejects.toThrow('INTERNAL_SERVER_ERROR');
    const lines = running.logLines.filter((line) => line.includes('"level":50'));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ endpoint: 'WEIXIN_TOKEN_URL', appId: app.appId, reason });
    expect(running.logLines.join('')).not.toContain(TEXT);
    expect(running.logLines.join('')).not.toContain(KEY);
    tokens.answer = says(issued);
    expect(await alice.exchangePhoneCode(code)).toMatchObject(NUMBER);
  },
);

test.each<[string, Answer]>([
  ['silence', () => undefined],
  ['a 500', (response) => response.writeHead(500).end(TEXT)],
  ['a closed connection', (response) => response.destroy()],
])('%s is ServiceUnavailableError within the deadline, and no code is spent', async (_, answer) => {
  const { code } = tap();
  tokens.answer = answer;
  expect(await alice.exchangePhoneCode(code)).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  tokens.answer = says(issued);
  // The request for the token that was given up may be about to end.
  expect(await patiently(() => alice.exchangePhoneCode(code))).toMatchObject(NUMBER);
});

test('the header is read anew for each request; a file without one is the operator’s matter', async () => {
  await exchange();
  header.write('X-Token-Key: another-key\r\n');
  running.clock.advanceSeconds(7200);
  tokens.answer = (response, request) => {
    keys.push(request.headers['x-token-key']);
    response.end(JSON.stringify(issued()));
  };
  expect(await exchange()).toMatchObject(NUMBER);
  expect(keys).toEqual(['another-key']);
  header.write('no header');
  running.clock.advanceSeconds(7200);
  await expect(exchange()).rejects.toThrow('INTERNAL_SERVER_ERROR');
  expect(running.logLines.join('')).toContain('WEIXIN_TOKEN_HEADER_FILE gives no token');
});
