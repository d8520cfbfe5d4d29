import { LoginDocument, type LoginMutation } from '../../src/client/generated/graphql.js';
import { GatewayClient, type HttpAnswer } from '../harness/gateway-client.js';
import { GatewayProcess } from '../harness/gateway-process.js';

/** Milliseconds: starting processes takes long where the machine is busy. */
jest.setTimeout(30_000);

const running: GatewayProcess[] = [];
afterAll(() => Promise.all(running.map((gateway) => gateway.kill())));

interface Started {
  readonly gateway: GatewayProcess;
  readonly url: string;
  readonly simulatorUrl: string;
}

async function start(env: Record<string, string> = {}): Promise<Started> {
  const gateway = new GatewayProcess({ PORT: '0', DRAIN_SECONDS: '0', ...env });
  running.push(gateway);
  const { url } = await gateway.line('listening');
  const { url: simulatorUrl } = await gateway.line(NOT_WEIXIN);
  return { gateway, url: String(url), simulatorUrl: String(simulatorUrl) };
}
const NOT_WEIXIN = 'THIS IS NOT WEIXIN: a simulator stands in for it, and logs anybody in';

/** Has the simulator do something, through its own HTTP interface. */
async function simulate<T>({ simulatorUrl }: Started, path: string, body: object): Promise<T> {
  const response = await fetch(simulatorUrl + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

test('misspelt variables are warned about in the log, with their names and without their values', async () => {
  const { gateway } = await start({ REDIS_URI: 'redis://:the-secret@127.0.0.1' });
  const warning = 'REDIS_URI is no variable of the gateway and has no effect. Did you mean REDIS_URL?';
  expect(await gateway.line(warning)).toMatchObject({ level: 40 });
  expect(gateway.lines.join() + gateway.errorText).not.toContain('the-secret');
});

describe('a process without any configuration but its port', () => {
  let started: Started;

  beforeAll(async () => {
    started = await start();
  });

  test('the log tells where it listens, in JSON lines with instants, and the process serves there', async () => {
    const { gateway, url, simulatorUrl } = started;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
    expect(simulatorUrl).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
    expect(await gateway.line('listening')).toEqual({
      level: 30,
      time: expect.any(String) as string,
      url,
      msg: 'listening',
    });
    expect(Date.parse(String((await gateway.line('listening'))['time']))).toBeGreaterThan(Date.now() - 60_000);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  test('a simulator in place of Weixin is warned of, and the start message shows how to try it', async () => {
    const { gateway, url, simulatorUrl } = started;
    expect(await gateway.line(NOT_WEIXIN)).toMatchObject({ level: 40, url: simulatorUrl });
    expect(gateway.errorText).toMatch(new RegExp(`^  Try it +${url}/ `, 'm'));
    expect(gateway.errorText).toContain(`POST ${url}/graphql`);
    expect(gateway.errorText).toContain('THIS IS NOT WEIXIN');
    expect(gateway.errorText).toContain(`${simulatorUrl}/phone/login`);
  });

  test('a user logs in and decrypts through the process', async () => {
    const { code } = await simulate<{ code: string }>(started, '/phone/login', { user: 'alice' });
    const client = await new GatewayClient(started.url).loggedIn(code);
    const tap = await simulate<{ encryptedData: string; iv: string }>(started, '/phone/tap', { user: 'alice' });
    expect(await client.decryptPhone(tap)).toMatchObject({ __typename: 'PhoneNumber' });
  });
});

/** Sends a login that Weixin answers late or never; it has reached the gateway when this returns. */
async function loginInFlight(started: Started, fault: object, headers: Record<string, string>): Promise<LoginAnswer> {
  await simulate(started, '/faults', { endpoint: '/sns/jscode2session', faults: [fault] });
  const { code } = await simulate<{ code: string }>(started, '/phone/login', { user: 'alice' });
  const query = LoginDocument.toString();
  const answer = new GatewayClient(started.url).post<LoginMutation>({ query, variables: { input: { code } } }, headers);
  // What was sent later, on another connection, is answered.
  await fetch(`${started.url}/healthz`, { headers: { connection: 'close' } });
  return { answer };
}
/** In an object, so that awaiting it does not wait for the answer. */
interface LoginAnswer {
  readonly answer: Promise<HttpAnswer<LoginMutation>>;
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s: /readyz turns 503, the login in flight finishes, the status is 0',
  async (name) => {
    const started = await start({ DRAIN_SECONDS: '1' });
    const { gateway, url } = started;
    const { answer } = await loginInFlight(started, { delayMs: 1500 }, { connection: 'close' });
    const toldAt = Date.now();
    gateway.signal(name);
    await gateway.line('stopping: finishing what is in flight');

    const probe = await fetch(`${url}/readyz`);
    expect(probe.status).toBe(503);
    expect(probe.headers.get('connection')).toBe('close');
    expect(await probe.json()).toMatchObject({ status: 'draining' });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);

    expect((await answer).body.data?.login.__typename).toBe('LoginSuccess');
    expect(await gateway.exit()).toBe(0);
    expect(Date.now() - toldAt).toBeLessThan(10_000);
    await gateway.line('stopped');
    await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed');
  },
);

test('the process ends with its last answer, also where the client keeps its connection', async () => {
  const started = await start();
  const { answer } = await loginInFlight(started, { delayMs: 500 }, {});
  started.gateway.signal('SIGTERM');
  expect((await answer).body.data?.login.__typename).toBe('LoginSuccess');
  expect(await started.gateway.exit(3_000)).toBe(0);
});

test('a client that keeps an idle connection does not keep the process', async () => {
  const { gateway, url } = await start();
  await (await fetch(`${url}/healthz`)).text();
  gateway.signal('SIGTERM');
  expect(await gateway.exit(5_000)).toBe(0);
});

test('a login that Weixin never answers ends with its deadline, and the process with it', async () => {
  const started = await start({ WEIXIN_TIMEOUT_MS: '500' });
  const { answer } = await loginInFlight(started, { silence: true }, { connection: 'close' });
  started.gateway.signal('SIGTERM');
  expect((await answer).body.data?.login.__typename).toBe('ServiceUnavailableError');
  expect(await started.gateway.exit(5_000)).toBe(0);
});

test('a second signal does not cut the drain short', async () => {
  const started = await start();
  const { answer } = await loginInFlight(started, { delayMs: 500 }, {});
  started.gateway.signal('SIGTERM');
  await started.gateway.line('stopping: finishing what is in flight');
  started.gateway.signal('SIGTERM');
  started.gateway.signal('SIGINT');
  expect((await answer).body.data?.login.__typename).toBe('LoginSuccess');
  expect(await started.gateway.exit(5_000)).toBe(0);
});
