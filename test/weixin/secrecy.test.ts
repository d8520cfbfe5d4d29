import { inspect } from 'node:util';
import type { Answer, ScriptedServer } from '../harness/scripted-server.js';
import { startScriptedServer } from '../harness/scripted-server.js';
import { APP_SECRET, weixinClient } from '../harness/weixin-client.js';

const CODE = '0a1Bc2De3Fg4Hi5Jk6Lm7No8Pq9Rs0Tu';
const SESSION_KEY = 'tiihtNczf5v6AKRyjwEUhQ==';

/** A server that tells its caller everything that it was told, and a session key. */
const echo =
  (status: number, body: (url: string) => unknown): Answer =>
  (response, { url = '' }) =>
    response.writeHead(status, `${status} ${url}`, { location: url }).end(JSON.stringify(body(url)));

test.each<[string, Answer]>([
  ['a 500 that echoes the request', echo(500, (url) => ({ errmsg: url, session_key: SESSION_KEY }))],
  ['a redirect to the same URL', echo(302, (url) => url)],
  ['an errcode whose message echoes the request', echo(200, (url) => ({ errcode: 40029, errmsg: url }))],
  ['an unknown errcode beside a session', echo(200, (url) => ({ errcode: 9, errmsg: url, session_key: SESSION_KEY }))],
  ['a session without its openid', echo(200, () => ({ session_key: SESSION_KEY }))],
  ['an errcode that echoes the request', echo(200, (url) => ({ errcode: url }))],
  ['our secret is refused', echo(200, (url) => ({ errcode: 40125, errmsg: url, session_key: SESSION_KEY }))],
  ['our address is refused', echo(200, (url) => ({ errcode: 40164, errmsg: url }))],
  ['text that is not JSON', (response, { url = '' }) => response.end(`${url} ${SESSION_KEY}`)],
  ['too much of it', (response, { url = '' }) => response.end(url.repeat(100))],
  ['a closed connection', (response) => response.destroy()],
  ['silence', () => undefined],
  ['a header that is none', ({ socket }, { url = '' }) => socket?.end(`HTTP/1.1 200 OK\r\n${url}\x00: x\r\n\r\n`)],
])('neither the secret, nor the code, nor a session key shows in a log line or an error: %s', async (_, answer) => {
  const server = await startScriptedServer(answer);
  const { seen, requests } = await everythingSeen(server);
  expect(requests).toEqual([expect.stringContaining(APP_SECRET)]);
  expect(seen).not.toBe('');
  for (const secret of [APP_SECRET, CODE, SESSION_KEY]) expect(seen).not.toContain(secret);
});

test('neither the secret nor the code shows where the connection is refused', async () => {
  const server = await startScriptedServer();
  await server.close();
  const { seen } = await everythingSeen(server);
  expect(seen).toContain('ECONNREFUSED');
  for (const secret of [APP_SECRET, CODE]) expect(seen).not.toContain(secret);
});

/** All that a call lets anyone see: its log lines, and its result or the error that it throws, inspected to the ground. */
async function everythingSeen(server: ScriptedServer) {
  const { exchange, logLines, close } = weixinClient(server.origin, { deadline: 300 });
  const outcome: unknown = await exchange(CODE).catch((error: unknown) => error);
  await close();
  await server.close();
  return { seen: inspect([logLines, outcome], { depth: null, showHidden: true }), requests: server.requests };
}
