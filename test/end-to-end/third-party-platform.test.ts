import { parseAppId } from '../../src/domain/app.js';
import { createDemoApp } from '../../src/simulator/demo-app.js';
import { AUTHORIZER_TOKEN, COMPONENT_TOKEN } from '../../src/simulator/platform-routes.js';
import { PLATFORM_APP_ID } from '../../src/simulator/third-party-platform.js';
import { CODE_2_SESSION, COMPONENT_CODE_2_SESSION, STABLE_TOKEN } from '../../src/simulator/weixin-routes.js';
import { type RunningGateway, runGatewayOfApps } from '../harness/running-gateway.js';

const app = createDemoApp();
const unlisted = parseAppId('wxde000000000000ff') ?? app.appId;
const NUMBER = { __typename: 'PhoneNumber' };

let running: RunningGateway;
const tap = () => running.simulator.world.tap(app.appId, 'alice');

beforeEach(async () => {
  running = await runGatewayOfApps([app], (url) => ({
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    WEIXIN_APPS: app.appId,
    WEIXIN_COMPONENT_APP_ID: PLATFORM_APP_ID,
    WEIXIN_COMPONENT_TOKEN_URL: `${url}${COMPONENT_TOKEN}`,
    WEIXIN_TOKEN_URL: `${url}${AUTHORIZER_TOKEN}?appid={appid}`,
  }));
});
afterEach(() => running.gateway.stop());

test('the whole way without a secret: login through the platform, and a number in each of the three ways', async () => {
  const alice = await running.loggedIn('alice');
  expect(await alice.decryptPhone(tap())).toMatchObject(NUMBER);
  expect(await alice.exchangePhoneCode(tap().code)).toMatchObject(NUMBER);
  expect(await alice.resolveCloudPhone(tap().cloudID)).toMatchObject(NUMBER);
  expect(await alice.checkSession()).toMatchObject({ keyIsCurrent: true });
  const calls = (endpoint: string) => running.simulator.faults.calls(endpoint);
  expect([calls(COMPONENT_CODE_2_SESSION), calls(CODE_2_SESSION), calls(STABLE_TOKEN)]).toEqual([1, 0, 0]);
});

test('users are refused as in a login of the app’s own', async () => {
  const code = running.simulator.world.login(app.appId, 'alice');
  expect(await running.client().login({ code: 'unknown' })).toMatchObject({ code: 'CODE_INVALID' });
  running.simulator.world.block(app.appId, 'alice');
  expect(await running.client().login({ code })).toMatchObject({ code: 'USER_BLOCKED' });
  await expect(running.client().login({ code, appId: unlisted })).rejects.toThrow('BAD_USER_INPUT');
});

test('a component token that Weixin rejects is replaced, and the login succeeds', async () => {
  await running.loggedIn('alice');
  running.simulator.world.tokens.rejectAll();
  await running.loggedIn('bob');
  expect(running.simulator.faults.calls(COMPONENT_CODE_2_SESSION)).toBe(3);
});

test.each([61003, 61004, 61007, 61023, 61024])(
  'errcode %i is told to the operator, and the code is not spent',
  async (errcode) => {
    const code = running.simulator.world.login(app.appId, 'alice');
    running.simulator.faults.add(COMPONENT_CODE_2_SESSION, [{ errcode }]);
    await expect(running.client().login({ code })).rejects.toThrow('INTERNAL_SERVER_ERROR');
    const line = running.logLines.find((text) => text.includes('"level":50')) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({
      endpoint: COMPONENT_CODE_2_SESSION,
      appId: app.appId,
      errcode,
      msg: expect.stringContaining('third-party platform') as string,
    });
    expect(await running.client().login({ code })).toMatchObject({ __typename: 'LoginSuccess' });
  },
);

test('an app whose owner ended the authorization is refused, until it is given again', async () => {
  const alice = await running.loggedIn('alice');
  running.simulator.world.platform.authorize(app.appId, false);
  const code = running.simulator.world.login(app.appId, 'bob');
  await expect(running.client().login({ code })).rejects.toThrow('INTERNAL_SERVER_ERROR');
  await expect(alice.exchangePhoneCode(tap().code)).rejects.toThrow('INTERNAL_SERVER_ERROR');
  const errors = running.logLines.filter((text) => text.includes('"level":50')).join('');
  expect(errors).toContain('"errcode":61003');
  expect(errors).toContain('"endpoint":"WEIXIN_TOKEN_URL"');
  running.simulator.world.platform.authorize(app.appId, true);
  expect(await running.client().login({ code })).toMatchObject({ __typename: 'LoginSuccess' });
});
