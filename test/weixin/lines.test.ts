import type { LookupAddress } from 'node:dns';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { happyEyeballs } from '../../src/weixin/happy-eyeballs.js';
import { type StoppedServer, startStoppedServer } from '../harness/stopped-server.js';
import { TLS_CERTIFICATE, TLS_HOST, TLS_KEY } from '../harness/tls-certificate.js';
import { weixinClient } from '../harness/weixin-client.js';

/** WEIXIN_TIMEOUT_MS by default. */
const DEADLINE = 2_500;
/** How long a handshake takes over a slow line. */
const SLOW = 1_000;
const good = JSON.stringify({ openid: 'oGZUI0egBJY1zhBYw2KhdUfwVJJE', session_key: 'tiihtNczf5v6AKRyjwEUhQ==' });

const LIVE: LookupAddress = { address: '127.0.0.1', family: 4 };
const DEAD: LookupAddress = { address: '127.0.0.2', family: 4 };
const REFUSING: LookupAddress = { address: '127.0.0.3', family: 4 };

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Logs in at a name that has these addresses. */
async function login(scheme: 'http' | 'https', port: number, addresses: LookupAddress[]) {
  const client = weixinClient(`${scheme}://${TLS_HOST}:${port}`, {
    deadline: DEADLINE,
    lookup: async () => addresses,
    ca: TLS_CERTIFICATE,
  });
  closing.push(client.close);
  const began = performance.now();
  const answer = await client.exchange();
  return { answer, took: performance.now() - began };
}

/** A server on both addresses: one begins its TLS handshake a second late, and the other never does. */
async function slowTls(): Promise<number> {
  const answers = createHttpServer((_request, response) => response.end(good));
  const secureContext = createSecureContext({ cert: TLS_CERTIFICATE, key: TLS_KEY });
  const live = createServer({ pauseOnConnect: true }, (socket) => {
    const secure = () => new TLSSocket(socket, { isServer: true, secureContext }).on('error', () => undefined);
    const begin = setTimeout(() => answers.emit('connection', secure()), SLOW);
    socket.on('error', () => undefined).on('close', () => clearTimeout(begin));
  });
  await listen(live, LIVE, 0);
  const { port } = live.address() as AddressInfo;
  const silent = createServer((socket) => socket.on('error', () => undefined));
  await listen(silent, DEAD, port);
  return port;
}

async function listen(server: Server, { address }: LookupAddress, port: number): Promise<void> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
}

describe('a TCP handshake of a second', () => {
  let live: StoppedServer;
  beforeEach(async () => {
    live = await startStoppedServer(LIVE.address, 0, good);
    const dead = await startStoppedServer(DEAD.address, live.port, good);
    closing.push(live.close, dead.close);
  });

  test.each<[string, LookupAddress[]]>([
    ['a name with one address', [LIVE]],
    ['a dead address before it', [DEAD, LIVE]],
    ['a dead address behind it', [LIVE, DEAD]],
    ['an address that refuses before it', [REFUSING, LIVE]],
    ['two dead addresses before it', [DEAD, DEAD, LIVE]],
  ])('logs in within the deadline: %s', async (_, addresses) => {
    const loggingIn = login('http', live.port, addresses);
    setTimeout(() => live.resume(), SLOW * 0.8);
    const { answer, took } = await loggingIn;
    expect(answer).toMatchObject({ ok: true });
    // It was a slow line indeed.
    expect(took).toBeGreaterThan(SLOW * 0.8);
  });
});

test.each<[string, LookupAddress[]]>([
  ['alone', [LIVE]],
  ['behind an address that takes connections and says nothing', [DEAD, LIVE]],
  ['before such an address', [LIVE, DEAD]],
])('a TLS handshake that begins after a second logs in within the deadline: %s', async (_, addresses) => {
  const { answer } = await login('https', await slowTls(), addresses);
  expect(answer).toMatchObject({ ok: true });
});

test.each<[string, () => Promise<LookupAddress[]>, string]>([
  ['all addresses refuse', async () => [REFUSING, REFUSING], 'ECONNREFUSED'],
  ['the name has none', async () => [], 'unknown'],
  ['the look-up fails', () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' })), 'ENOTFOUND'],
])('nothing is sent, and the log says why, if %s', async (_, lookup, reason) => {
  const client = weixinClient(`http://${TLS_HOST}:9`, { lookup });
  closing.push(client.close);
  expect(await client.exchange()).toMatchObject({ ok: false, failure: { codeSpent: 'no' } });
  expect(client.logLines.join()).toContain(`"reason":"${reason}"`);
});

test('a dead name is given up at the timeout', async () => {
  const dead = await startStoppedServer(DEAD.address, 0, good);
  closing.push(dead.close);
  const connect = happyEyeballs({ timeout: 1_000, lookup: async () => [DEAD] });
  const options = { hostname: TLS_HOST, protocol: 'http:', port: String(dead.port) };
  const [error] = await new Promise<unknown[]>((resolve) => connect(options, (...result) => resolve(result)));
  expect(error).toMatchObject({ code: 'UND_ERR_CONNECT_TIMEOUT' });
});
