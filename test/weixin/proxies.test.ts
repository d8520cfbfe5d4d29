import type { Proxies } from '../../src/domain/proxies.js';
import { ConnectProxy, type ConnectProxyOptions } from '../harness/connect-proxy.js';
import { type ScriptedServer, startScriptedServer } from '../harness/scripted-server.js';
import { TLS_CERTIFICATE, TLS_HOST } from '../harness/tls-certificate.js';
import { startTlsFront } from '../harness/tls-front.js';
import { APP_SECRET, weixinClient } from '../harness/weixin-client.js';

const SESSION = JSON.stringify({ openid: 'oGZUI0egBJY1zhBYw2KhdUfwVJJE', session_key: 'tiihtNczf5v6AKRyjwEUhQ==' });
const PASSWORD = 'correct-horse';

let server: ScriptedServer;
let tlsPort: number;
const closing: (() => unknown)[] = [];
beforeEach(async () => {
  server = await startScriptedServer((response) => response.end(SESSION));
  const front = await startTlsFront(portOf(server.origin));
  tlsPort = front.port;
  closing.push(
    () => server.close(),
    () => front.close(),
  );
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const portOf = (origin: string) => Number(new URL(origin).port);
const none: Proxies = { https: undefined, http: undefined, none: undefined };

async function proxyTo(port: number, options: Partial<ConnectProxyOptions> = {}): Promise<ConnectProxy> {
  const proxy = await ConnectProxy.start({ hosts: { [TLS_HOST]: port }, ...options });
  closing.push(() => proxy.close());
  return proxy;
}

/** A login at this URL; the name has an address only for the proxy, unless there is a way around it. */
async function login(url: string, proxies: Proxies, address?: string) {
  const client = weixinClient(url, {
    proxies,
    ca: TLS_CERTIFICATE,
    deadline: 2_500,
    lookup: async () => (address === undefined ? [] : [{ address, family: 4 }]),
  });
  closing.push(client.close);
  return { answer: await client.exchange(), log: client.logLines.join('') };
}

test('https goes through HTTPS_PROXY by CONNECT: the proxy learns the name and the port, and nothing of the request', async () => {
  const proxy = await proxyTo(tlsPort);
  const { answer } = await login(`https://${TLS_HOST}`, { ...none, https: `http://${proxy.address}/` });
  expect(answer).toMatchObject({ ok: true });
  expect(proxy.asked).toEqual([`${TLS_HOST}:443`]);
});

test('http goes through HTTP_PROXY', async () => {
  const proxy = await proxyTo(portOf(server.origin));
  const { answer } = await login(`http://${TLS_HOST}:8080`, { ...none, http: `http://${proxy.address}/` });
  expect(answer).toMatchObject({ ok: true });
  expect(proxy.asked).toEqual([`${TLS_HOST}:8080`]);
});

test.each(['https', 'http'] as const)('a proxy is for %s alone, if only that variable is set', async (scheme) => {
  const proxy = await proxyTo(tlsPort);
  const other = scheme === 'https' ? `http://${TLS_HOST}:${portOf(server.origin)}` : `https://${TLS_HOST}:${tlsPort}`;
  const { answer } = await login(other, { ...none, [scheme]: `http://${proxy.address}/` }, '127.0.0.1');
  expect(answer).toMatchObject({ ok: true });
  expect(proxy.asked).toEqual([]);
});

test.each([TLS_HOST, '.test', 'other.example, test', '*'])('NO_PROXY=%s goes past the proxy', async (except) => {
  const proxy = await proxyTo(tlsPort);
  const proxies = { ...none, https: `http://${proxy.address}/`, none: except };
  const { answer } = await login(`https://${TLS_HOST}:${tlsPort}`, proxies, '127.0.0.1');
  expect(answer).toMatchObject({ ok: true });
  expect(proxy.asked).toEqual([]);
});

test.each(['other.example', 'est', `${TLS_HOST}:8443`])('NO_PROXY=%s does not', async (except) => {
  const proxy = await proxyTo(tlsPort);
  const proxies = { ...none, https: `http://${proxy.address}/`, none: except };
  expect((await login(`https://${TLS_HOST}`, proxies)).answer).toMatchObject({ ok: true });
  expect(proxy.asked).toHaveLength(1);
});

test('the credentials of the URL go to the proxy', async () => {
  const proxy = await proxyTo(tlsPort, { credentials: `user:${PASSWORD}` });
  const proxies = { ...none, https: `http://user:${PASSWORD}@${proxy.address}/` };
  expect((await login(`https://${TLS_HOST}`, proxies)).answer).toMatchObject({ ok: true });
});

test('a certificate that the authorities did not sign is refused through a proxy, too', async () => {
  const proxy = await proxyTo(tlsPort);
  const client = weixinClient(`https://${TLS_HOST}`, { proxies: { ...none, https: `http://${proxy.address}/` } });
  closing.push(client.close);
  expect(await client.exchange()).toMatchObject({ ok: false, failure: { codeSpent: 'no' } });
  expect(server.requests).toEqual([]);
  expect(client.logLines.join('')).toContain('"reason":"DEPTH_ZERO_SELF_SIGNED_CERT"');
});

describe('a proxy that does not work', () => {
  test.each<[string, Partial<ConnectProxyOptions>, string]>([
    ['asks for credentials', { credentials: 'user:another' }, 'proxy status 407'],
    ['refuses', { treatment: 'refuses' }, 'proxy status 403'],
    ['is silent', { treatment: 'is silent' }, 'no answer in time'],
  ])('%s: no answer within the deadline, the code is not spent, and the log says why', async (_, options, reason) => {
    const proxy = await proxyTo(tlsPort, options);
    const proxies = { ...none, https: `http://user:${PASSWORD}@${proxy.address}/` };
    const { answer, log } = await login(`https://${TLS_HOST}`, proxies);
    expect(answer).toMatchObject({ ok: false, failure: { failure: { code: 'SERVICE_UNAVAILABLE' }, codeSpent: 'no' } });
    expect(log).toContain(`"reason":"${reason}"`);
    expect(log).not.toContain(PASSWORD);
    expect(log).not.toContain(APP_SECRET);
    expect(server.requests).toEqual([]);
  });

  test('is dead', async () => {
    const proxy = await proxyTo(tlsPort);
    const { address } = proxy;
    await proxy.close();
    closing.pop();
    const { answer, log } = await login(`https://${TLS_HOST}`, { ...none, https: `http://${address}/` });
    expect(answer).toMatchObject({ ok: false, failure: { codeSpent: 'no' } });
    expect(log).toContain('"reason":"ECONNREFUSED"');
  });
});

test('a relay has its path in front of every endpoint', async () => {
  const { answer } = await login(`${server.origin}/relay/weixin`, none);
  expect(answer).toMatchObject({ ok: true });
  expect(server.requests).toEqual([expect.stringMatching(/^GET \/relay\/weixin\/sns\/jscode2session\?appid=/)]);
});
