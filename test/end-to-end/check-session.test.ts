import type { GatewayClient } from '../harness/gateway-client.js';
import { CHECK_SESSION_KEY } from '../../src/simulator/weixin-routes.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

let running: RunningGateway;
let alice: GatewayClient;
const wxLogin = () => running.simulator.world.login(running.app.appId, 'alice');
const check = (keyIsCurrent: boolean) => ({ __typename: 'SessionCheck', keyIsCurrent });

beforeEach(async () => {
  running = await runGateway({ SESSION_ABSOLUTE_SECONDS: '100' });
  alice = await running.loggedIn('alice');
});
afterEach(() => running.gateway.stop());

test('the newest key on file is current until wx.login replaces it, and again once the gateway has the new code', async () => {
  expect(await alice.checkSession()).toEqual(check(true));
  running.clock.advanceSeconds(1);
  const code = wxLogin();
  expect(await alice.checkSession()).toEqual(check(false));
  await running.client().loggedIn(code);
  expect(await alice.checkSession()).toEqual(check(true));
});

test.each([
  { fault: { errcode: 87009 }, answer: check(false) },
  { fault: { errcode: -1 }, answer: { __typename: 'ServiceUnavailableError' } },
  { fault: { body: '{}' }, answer: { __typename: 'ServiceUnavailableError' } },
  { fault: { status: 500 }, answer: { __typename: 'ServiceUnavailableError' } },
  { fault: { errcode: 45011 }, answer: { __typename: 'RateLimitedError' } },
])('$fault ends as $answer.__typename', async ({ fault, answer }) => {
  running.simulator.faults.add(CHECK_SESSION_KEY, [fault, fault]);
  expect(await alice.checkSession()).toMatchObject(answer);
});

test('without a session nothing is asked', async () => {
  expect(await running.client().checkSession()).toMatchObject({ code: 'NOT_LOGGED_IN' });
  expect(running.simulator.faults.calls(CHECK_SESSION_KEY)).toBe(0);
});
