import { generateKeyPairSync } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { loadConfig } from '../../src/config/config.js';
import { GatewayProcess } from '../harness/gateway-process.js';
import { type RunningGateway, runGateway, runProductionGateway } from '../harness/running-gateway.js';
import { until } from '../harness/until.js';

/*
 * DNS rebinding: if the name of a web page resolves to 127.0.0.1, a browser takes a server there for the page's own
 * origin, and only the Host header shows it. In development that server would be the simulator, which logs anybody in.
 */

const CONFIGURED = 'gateway.test.example';
const JSON_TYPE = { 'content-type': 'application/json' };

let running: RunningGateway;
beforeAll(async () => {
  running = await runGateway({ CORS_ORIGINS: `https://${CONFIGURED}:8443` });
});
afterAll(() => running.gateway.stop());

interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function ask(origin: string, host: string, { method = 'GET', path, headers = {}, body }: Asked) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(origin + path, { method, headers: { ...headers, host } }, resolve)
      .on('error', reject)
      .end(body);
  });
  return { status: response.statusCode, headers: response.headers, text: await text(response) };
}

const HTML = { accept: 'text/html' };
const SESSION = '{"query":"{session{__typename}}"}';
const gatewayOf = () => running.gateway.url;
const simulatorOf = () => running.gateway.simulator?.url ?? '';

const doors: readonly (readonly [what: string, origin: () => string, asked: Asked])[] = [
  ['the API', gatewayOf, { method: 'POST', path: '/graphql', headers: JSON_TYPE, body: SESSION }],
  ['the page', gatewayOf, { path: '/', headers: HTML }],
  ['Apollo Sandbox', gatewayOf, { path: '/graphql', headers: HTML }],
  ['GraphiQL', gatewayOf, { path: '/explorer', headers: HTML }],
  ['the values of an explorer', gatewayOf, { path: '/explorer/variables/Login' }],
  [
    "the simulator's phone on the gateway's origin",
    gatewayOf,
    { method: 'POST', path: '/simulator/phone/login', headers: JSON_TYPE, body: '{}' },
  ],
  ["the simulator's phone", simulatorOf, { method: 'POST', path: '/phone/login', headers: JSON_TYPE, body: '{}' }],
  ["the simulator's tap", simulatorOf, { method: 'POST', path: '/phone/tap', headers: JSON_TYPE, body: '{}' }],
  ["the simulator's journal", simulatorOf, { path: '/journal?user=alice' }],
];
const FOREIGN = [
  'evil.example',
  'evil.example:4000',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'evil.example.localhost.',
  '127.0.0.1@evil.example',
  '192.0.2.1',
  '0.0.0.0',
  'evil.example#localhost',
  '[::1].evil.example',
];
const OWN = ['localhost', 'LOCALHOST:4000', '127.0.0.1', '127.0.0.1:1', '[::1]:4000', CONFIGURED, `${CONFIGURED}:8443`];

describe.each(doors)('in development, %s', (_what, origin, asked) => {
  test.each(FOREIGN)('does not answer to the name %s', async (host) => {
    const answer = await ask(origin(), host, asked);
    expect(answer.status).toBe(421);
    expect(JSON.parse(answer.text)).toMatchObject({ errors: [{ extensions: { code: 'MISDIRECTED_REQUEST' } }] });
    expect(answer.text).not.toContain('evil');
  });

  test.each(OWN)('answers to %s', async (host) => {
    expect((await ask(origin(), host, asked)).status).toBe(200);
  });

  test('ignores X-Forwarded-Host, either way', async () => {
    const forwarded = (host: string, name: string) =>
      ask(origin(), host, { ...asked, headers: { ...asked.headers, 'x-forwarded-host': name } });
    expect((await forwarded('evil.example', 'localhost')).status).toBe(421);
    expect((await forwarded('localhost', 'evil.example')).status).toBe(200);
  });
});

test.each(['/', '/graphql', '/explorer'])('no page may frame %s', async (path) => {
  const { headers } = await ask(gatewayOf(), 'localhost', { path, headers: HTML });
  expect(String(headers['content-security-policy'])).toContain("frame-ancestors 'none'");
});

test('in production every host is answered, since a proxy in front has its own name', async () => {
  const production = await runProductionGateway();
  const asked = { method: 'POST', path: '/graphql', headers: JSON_TYPE, body: SESSION };
  const { status } = await ask(production.gateway.url, 'api.example.com', asked);
  await production.gateway.stop();
  expect(status).toBe(200);
});

describe('NODE_ENV', () => {
  const ENV = {
    HOST: '127.0.0.1',
    PORT: '0',
    WEIXIN_API_URL: 'http://127.0.0.1:1',
    WEIXIN_APPS: 'wx4f4bc4dec97d474b:0123456789abcdef0123456789abcdef',
  };

  test.each(['staging', 'prod', 'Production'])('%s gets a warning and counts as production', async (name) => {
    const gateway = new GatewayProcess({ NODE_ENV: name, ...ENV });
    try {
      const url = String((await gateway.line('listening'))['url']);
      const warnings = () => gateway.lines.filter((line) => /"level":40\b.*NODE_ENV/.test(line));
      await until(warnings, ({ length }) => length === 1, 2_000);
      expect((await fetch(`${url}/explorer`)).status).toBe(404);
      const body = '{"query":"{__schema{queryType{name}}}"}';
      const answer = await fetch(`${url}/graphql`, { method: 'POST', headers: JSON_TYPE, body });
      expect(await answer.text()).not.toContain('"queryType"');
    } finally {
      await gateway.kill();
    }
  });

  test('staging does not start the simulator by itself', () => {
    expect(() => loadConfig({ NODE_ENV: 'staging' })).toThrow('WEIXIN_APPS');
  });
});

test('a simulator that the network can reach does not sign with a real key', () => {
  const key = String(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const env = { WEIXIN_SIMULATOR: 'on', PROOF_KEY_FILE: 'key.pem', PROOF_ISSUER: 'https://gateway.example' };
  expect(() => loadConfig({ ...env, HOST: '0.0.0.0' }, () => key)).toThrow('PROOF_KEY_FILE');
  expect(() => loadConfig({ ...env, HOST: '127.0.0.1' }, () => key)).not.toThrow();
});
