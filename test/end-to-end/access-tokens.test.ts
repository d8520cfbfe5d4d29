import type { GatewayClient } from '../harness/gateway-client.js';
import { GET_USER_PHONE_NUMBER, STABLE_TOKEN } from '../../src/simulator/weixin-routes.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

let running: RunningGateway;
let alice: GatewayClient;
const exchange = () => alice.exchangePhoneCode(running.simulator.world.tap(running.app.appId, 'alice').code);
const tokenCalls = () => running.simulator.faults.calls(STABLE_TOKEN);
const NUMBER = { __typename: 'PhoneNumber' };

beforeEach(async () => {
  running = await runGateway({ WEIXIN_TIMEOUT_MS: '1000', SESSION_IDLE_SECONDS: '100000' });
  alice = await running.loggedIn('alice');
});
afterEach(() => running.gateway.stop());

test('one token serves any number of requests, also those that come at the same time', async () => {
  running.simulator.faults.add(STABLE_TOKEN, [{ delayMs: 50 }]);
  const answers = await Promise.all(Array.from({ length: 20 }, exchange));
  for (const answer of answers) expect(answer).toMatchObject(NUMBER);
  expect(await exchange()).toMatchObject(NUMBER);
  expect(tokenCalls()).toBe(1);
});

test('a token is renewed in the background ahead of its end: nobody waits, and nobody fails', async () => {
  await exchange();
  running.clock.advanceSeconds(7200 - 299);
  running.simulator.faults.add(STABLE_TOKEN, [{ delayMs: 300 }]);
  const startedAt = performance.now();
  expect(await exchange()).toMatchObject(NUMBER);
  expect(performance.now() - startedAt).toBeLessThan(300);
  expect(tokenCalls()).toBe(2);
});

test('a renewal that fails leaves the held token at work, and is logged', async () => {
  await exchange();
  running.clock.advanceSeconds(7200 - 299);
  running.simulator.faults.add(STABLE_TOKEN, [{ status: 500 }]);
  expect(await exchange()).toMatchObject(NUMBER);
  expect(await exchange()).toMatchObject(NUMBER);
  expect(running.logLines.join('')).toContain('an access token could not be renewed');
});

test('a token that has ended is fetched anew', async () => {
  await exchange();
  running.clock.advanceSeconds(7200);
  expect(await exchange()).toMatchObject(NUMBER);
  expect(tokenCalls()).toBe(2);
});

test.each([40001, 40014, 42001])(
  'errcode %i: another token is fetched, by force if the same one comes back, and the call repeated once',
  async (errcode) => {
    running.simulator.faults.add(GET_USER_PHONE_NUMBER, [{ errcode }]);
    expect(await exchange()).toMatchObject(NUMBER);
    expect([tokenCalls(), running.simulator.faults.calls(GET_USER_PHONE_NUMBER)]).toEqual([3, 2]);
  },
);

test('somebody else replaced the token: the next request replaces ours', async () => {
  await exchange();
  running.simulator.world.tokens.rejectAll();
  expect(await exchange()).toMatchObject(NUMBER);
  expect(tokenCalls()).toBe(2);
});

test("a second rejection is the end: the operator's matter, and the code can be brought again", async () => {
  const { code } = running.simulator.world.tap(running.app.appId, 'alice');
  running.simulator.faults.add(GET_USER_PHONE_NUMBER, [{ errcode: 40001 }, { errcode: 40001 }]);
  await expect(alice.exchangePhoneCode(code)).rejects.toThrow('INTERNAL_SERVER_ERROR');
  expect(running.simulator.faults.calls(GET_USER_PHONE_NUMBER)).toBe(2);
  expect(await alice.exchangePhoneCode(code)).toMatchObject(NUMBER);
});

test.each([
  { what: 'garbage', fault: { body: '{"access_token":7}' } },
  { what: 'a 500', fault: { status: 500 } },
  { what: 'silence', fault: { silence: true as const } },
])(
  'no token for $what: unavailable inside the deadline, the code is not spent, and logins go on',
  async ({ fault }) => {
    const { code } = running.simulator.world.tap(running.app.appId, 'alice');
    running.simulator.faults.add(STABLE_TOKEN, [fault]);
    expect(await alice.exchangePhoneCode(code)).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(await (await running.loggedIn('bob')).session()).toMatchObject({ __typename: 'Session' });
    expect(await alice.exchangePhoneCode(code)).toMatchObject(NUMBER);
  },
);

test.each([
  { errcode: 45009, retryAfterSeconds: 3600 },
  { errcode: 45011, retryAfterSeconds: 60 },
])(
  'errcode $errcode of the token endpoint is a quota: RATE_LIMITED, nothing asks again before it ends, no code is spent',
  async ({ errcode, retryAfterSeconds }) => {
    const { code } = running.simulator.world.tap(running.app.appId, 'alice');
    running.simulator.faults.add(STABLE_TOKEN, [{ errcode }]);
    expect(await alice.exchangePhoneCode(code)).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds });
    running.clock.advanceSeconds(50);
    for (let i = 0; i < 30; i += 1) {
      expect(await exchange()).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: retryAfterSeconds - 50 });
    }
    const { cloudID } = running.simulator.world.tap(running.app.appId, 'alice');
    expect(await alice.resolveCloudPhone(cloudID)).toMatchObject({ __typename: 'RateLimitedError' });
    expect(await alice.checkSession()).toMatchObject({ __typename: 'RateLimitedError' });
    expect(tokenCalls()).toBe(1);
    running.clock.advanceSeconds(retryAfterSeconds - 50);
    expect(await exchange()).toMatchObject(NUMBER);
  },
);

test('40001 at the token endpoint means a wrong secret: ours to mend, masked, and named in the log', async () => {
  running.simulator.faults.add(STABLE_TOKEN, [{ errcode: 40001 }]);
  await expect(exchange()).rejects.toThrow('INTERNAL_SERVER_ERROR');
  expect(running.logLines.join('')).toContain('"errcode":40001');
});

test('no token is ever logged', async () => {
  await exchange();
  running.simulator.world.tokens.rejectAll();
  await exchange();
  const issued = running.simulator.world.tokens.issue(running.app.appId, running.app.secret.reveal(), false);
  expect(issued).toMatchObject({ access_token: expect.any(String) as string });
  expect(running.logLines.join('')).not.toContain((issued as { access_token: string }).access_token);
});
