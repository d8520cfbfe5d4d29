import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { LoginDocument } from '../../src/client/generated/graphql.js';
import { type RunningGateway, runProductionGateway } from '../harness/running-gateway.js';
import { until } from '../harness/until.js';

const CODE_2_SESSION = '/sns/jscode2session';
const ORIGIN = 'https://app.example.com';

let running: RunningGateway;
beforeEach(async () => {
  running = await runProductionGateway({ OVERLOAD_IN_FLIGHT: '1', METRICS_PORT: '0', CORS_ORIGINS: ORIGIN });
});
afterEach(() => running.gateway.stop());

const newCode = () => running.simulator.world.login(running.app.appId, 'alice');
const loginBody = (code: string) => JSON.stringify({ query: LoginDocument.toString(), variables: { input: { code } } });
const json = { 'content-type': 'application/json' };
const callsOfWeixin = () => running.simulator.faults.calls(CODE_2_SESSION);

function post(code: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${running.gateway.url}/graphql`, {
    method: 'POST',
    headers: { ...json, ...headers },
    body: loginBody(code),
  });
}

/** A login that stays in flight for this long, because Weixin is slow. */
async function slowLogin(milliseconds = 400): Promise<Promise<Response>[]> {
  running.simulator.faults.add(CODE_2_SESSION, [{ delayMs: milliseconds }]);
  const before = callsOfWeixin();
  const login = post(newCode());
  await until(callsOfWeixin, (calls) => calls > before);
  return [login];
}

test('past capacity a request is rejected with 503, in the shape of other errors', async () => {
  const slow = await slowLogin();
  const response = await post(newCode());
  expect(response.status).toBe(503);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'retry-after': '1',
    'cache-control': 'no-store',
    'content-type': 'application/json; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
  });
  expect(await response.json()).toEqual({
    errors: [
      {
        message: 'The gateway has more requests than it can answer: send the same one again later.',
        extensions: { code: 'OVERLOADED' },
      },
    ],
  });
  for (const login of slow) expect((await login).status).toBe(200);
});

test('a rejected mutation has had no effect: sent again, it runs in full', async () => {
  const slow = await slowLogin();
  const code = newCode();
  const before = callsOfWeixin();
  const refused = await Promise.all([post(code), post(code), post(code)]);
  expect(refused.map(({ status }) => status)).toEqual([503, 503, 503]);
  expect(callsOfWeixin()).toBe(before);
  await Promise.all(slow);
  expect(await (await post(code)).json()).toMatchObject({ data: { login: { __typename: 'LoginSuccess' } } });
  expect(callsOfWeixin()).toBe(before + 1);
});

test.each(['/healthz', '/readyz', '/.well-known/jwks.json'])('%s answers under overload, too', async (path) => {
  const slow = await slowLogin();
  expect((await post(newCode())).status).toBe(503);
  expect((await fetch(running.gateway.url + path)).status).toBe(200);
  await Promise.all(slow);
});

test('sequential requests are all answered: each gives its place back', async () => {
  for (let i = 0; i < 20; i += 1) expect((await post(newCode())).status).toBe(200);
});

describe('the connection of a rejected request', () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  afterAll(() => agent.destroy());

  async function postOver(body: string, headers: Record<string, string> = {}) {
    const options = { method: 'POST', agent, headers: { ...json, ...headers } };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(`${running.gateway.url}/graphql`, options, resolve).on('error', reject).end(body);
    });
    // The agent reuses the connection once the answer has been read.
    const port = response.socket.localPort;
    await text(response);
    return { statusCode: response.statusCode, headers: response.headers, port };
  }

  test('is kept, and the rejected body is not read as the next request', async () => {
    const slow = await slowLogin();
    const refused = await postOver(loginBody(newCode()));
    expect([refused.statusCode, refused.headers.connection]).toEqual([503, 'keep-alive']);
    await Promise.all(slow);
    const answered = await postOver(loginBody(newCode()));
    expect([answered.statusCode, answered.port]).toEqual([200, refused.port]);
  });
});

test('a page of an allowed origin can read the 503', async () => {
  const slow = await slowLogin();
  const refused = await post(newCode(), { origin: ORIGIN });
  expect(refused.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  await Promise.all(slow);
});

test('rejected requests are counted', async () => {
  const slow = await slowLogin();
  for (let i = 0; i < 3; i += 1) await post(newCode());
  await Promise.all(slow);
  const metrics = await (await fetch(`${running.gateway.metricsUrl ?? ''}/metrics`)).text();
  expect(metrics).toContain('gateway_requests_shed_total 3\n');
});
