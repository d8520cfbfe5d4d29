import { BackEnd, CREDENTIALS, DOOR, FORM, JSON_TYPE, SECRET } from '../../harness/back-end.js';
import { metricValue } from '../../harness/metric-value.js';
import { type RunningGateway, runGateway } from '../../harness/running-gateway.js';

const ENDPOINTS = ['/introspect', '/user-signature', '/end-sessions'];
let running: RunningGateway;
let door: string;

beforeAll(async () => {
  running = await runGateway({ ...DOOR, METRICS_PORT: '0', BACKEND_LIMIT_PER_CLIENT: '50' });
  door = running.gateway.backendUrl ?? '';
});
afterAll(() => running.gateway.stop());
beforeEach(() => {
  running.clock.advanceSeconds(60);
  running.logLines.length = 0;
});

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

async function statusAt(path: string, authorization: string | undefined, method = 'POST'): Promise<number> {
  const headers = { ...FORM, ...(authorization !== undefined && { authorization }) };
  const response = await fetch(door + path, { method, headers, ...(method === 'POST' && { body: 'token=x' }) });
  await response.text();
  return response.status;
}

test.each(ENDPOINTS)('%s is never on the public port', async (path) => {
  const { url } = running.gateway;
  const headers = { ...FORM, authorization: basic(CREDENTIALS) };
  const response = await fetch(url + path, { method: 'POST', headers, body: 'token=x' });
  expect(response.status).toBe(404);
});

test('nothing of the public port is at the door', async () => {
  for (const path of ['/graphql', '/healthz', '/.well-known/jwks.json', '/metrics']) {
    expect((await fetch(door + path)).status).toBe(404);
  }
});

describe.each(ENDPOINTS)('%s', (path) => {
  test.each([
    ['no credentials', undefined],
    ['an unknown id', basic(`nobody:${SECRET}`)],
    ['an id from a prototype', basic(`constructor:${SECRET}`)],
    ['a wrong secret', basic(`shop:${SECRET}x`)],
    ['the secret of another client', basic(`desk:${SECRET}`)],
    ['an empty secret', basic('shop:')],
    ['no secret', basic('shop')],
    ['half of the secret', basic(CREDENTIALS.slice(0, -20))],
    ['a bearer token', `Bearer ${SECRET}`],
    ['no Base64', 'Basic ****'],
    ['a long header', `Basic ${'A'.repeat(4000)}`],
  ])('%s gets invalid_client, and nothing more', async (_, authorization) => {
    const headers = { ...FORM, ...(authorization !== undefined && { authorization }) };
    const response = await fetch(door + path, { method: 'POST', headers, body: 'token=x' });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({
      error: 'invalid_client',
      error_description: 'The credentials are missing or wrong.',
    });
  });

  test('takes POST only', async () => {
    const response = await fetch(door + path, { headers: { authorization: basic(CREDENTIALS) } });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    expect(await response.json()).toMatchObject({ error: 'invalid_request' });
  });

  test.each([
    ['another content type', '{}', { 'content-type': 'text/plain' }, 415],
    ['the other endpoints’ content type', '{}', path === '/introspect' ? JSON_TYPE : FORM, 415],
    ['no body', '', path === '/introspect' ? FORM : JSON_TYPE, 400],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff]), path === '/introspect' ? FORM : JSON_TYPE, 400],
    ['a body that is too long', 'x'.repeat(400_000), path === '/introspect' ? FORM : JSON_TYPE, 413],
  ])('%s gets invalid_request', async (_, body, headers, status) => {
    const answer = await new BackEnd(door).post(path, body, headers);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ error: 'invalid_request', error_description: expect.any(String) as string });
  });
});

test('credentials may come as curl sends them, or encoded as RFC 6749 wants it', async () => {
  expect(await statusAt('/introspect', basic(CREDENTIALS))).toBe(200);
  const encoded = CREDENTIALS.replaceAll(/[^:]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
  expect(await statusAt('/introspect', basic(encoded))).toBe(200);
});

test('a client over its limit gets rate_limited, and other clients do not', async () => {
  const statuses: number[] = [];
  for (let i = 0; i < 51; i += 1) statuses.push(await statusAt('/introspect', basic(CREDENTIALS)));
  expect(new Set(statuses.slice(0, 50))).toEqual(new Set([200]));
  const answer = await new BackEnd(door).introspect('x');
  expect(answer).toMatchObject({ status: 429, body: { error: 'rate_limited' } });
  expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  expect(await statusAt('/introspect', basic('desk:another-secret-of-the-support-desk:1'))).toBe(200);
  running.clock.advanceSeconds(60);
  expect(await statusAt('/introspect', basic(CREDENTIALS))).toBe(200);
});

test('strangers take nothing of a client’s limit', async () => {
  for (let i = 0; i < 60; i += 1) await statusAt('/introspect', basic('shop:wrong'));
  expect(await statusAt('/introspect', basic(CREDENTIALS))).toBe(200);
});

test('every use is in the log and in a metric under the id of the client; a stranger’s is without a name', async () => {
  const count = (name: string) => metricValue(running.gateway.metricsUrl, name);
  const uses = 'gateway_backend_requests_total{endpoint="/introspect",client="shop",outcome="inactive"}';
  await new BackEnd(door).introspect('x');
  const before = await count(uses);
  await new BackEnd(door).introspect('x');
  await new BackEnd(door, 'a-name-that-is-a-secret:x').introspect('x');
  expect(await count(uses)).toBe(before + 1);
  const strangers = 'gateway_backend_requests_total{endpoint="/introspect",client="",outcome="invalid_client"}';
  expect(await count(strangers)).toBeGreaterThan(0);
  const lines = running.logLines.map((line) => JSON.parse(line) as object);
  expect(lines).toContainEqual(
    expect.objectContaining({ client: 'shop', endpoint: '/introspect', outcome: 'inactive', msg: 'back end' }),
  );
  expect(running.logLines.join()).not.toContain('a-name-that-is-a-secret');
});

test('a malformed request gets JSON in the same form', async () => {
  const response = await fetch(`${door}/%zz`);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: 'invalid_request' });
});
