import { type MiniProgram, startMiniProgram } from '../harness/mini-program.js';
import { fileURLToPath } from 'node:url';
import { CHECK_SESSION_KEY } from '../../src/simulator/weixin-routes.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

let running: RunningGateway;
let app: MiniProgram;
beforeEach(async () => {
  running = await runGateway();
  app = startMiniProgram(running);
});
afterEach(() => running.gateway.stop());

describe('the token', () => {
  test('is kept in the storage for this gateway and this app', async () => {
    await app.client.login();
    const other = startMiniProgram(running, { appId: running.app.appId }, app.wx);
    await other.client.session();
    expect(app.wx.calls).toEqual(['wx.login', 'login', 'wx.login', 'login', 'session']);
    expect([...app.wx.storage.keys()]).toEqual([
      `weixin-phone-gateway:${running.gateway.url}/graphql:`,
      `weixin-phone-gateway:${running.gateway.url}/graphql:${running.app.appId}`,
    ]);
  });

  test('is all that is ever kept there', async () => {
    await app.client.prepare();
    const tap = await app.wx.tap();
    await app.client.getPhoneNumber(tap);
    expect([...app.wx.storage.values()]).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
  });

  test('stays in memory where the storage fails', async () => {
    app.wx.storageFails = true;
    const broken = startMiniProgram(running, {}, app.wx);
    await broken.client.login();
    expect(await broken.client.session()).toMatchObject({ __typename: 'Session' });
    expect(app.wx.calls).toEqual(['wx.login', 'login', 'session']);
  });

  test('is forgotten by a logout, which comes after the login that is under way', async () => {
    const login = app.client.login();
    expect(await app.client.logout()).toEqual({ __typename: 'LogoutSuccess', sessionsEnded: 1 });
    await login;
    await app.restarted().session();
    expect(app.wx.calls).toEqual(['wx.login', 'login', 'logout', 'wx.login', 'login', 'session']);
  });

  test('stays where the logout did not reach the gateway', async () => {
    await app.client.login();
    app.wx.network = ['lost', 'lost'];
    expect(await app.client.logout({ everywhere: true })).toMatchObject({ __typename: 'GatewayUnreachable' });
    expect(await app.client.logout({ everywhere: true })).toMatchObject({ sessionsEnded: 1 });
  });
});

describe('whether there is a session', () => {
  test('is told without asking anyone, also after a restart', async () => {
    expect(app.client.hasSession()).toBe(false);
    await app.client.login();
    expect(app.client.hasSession()).toBe(true);
    expect(app.restarted().hasSession()).toBe(true);
    await app.client.logout();
    expect(app.client.hasSession()).toBe(false);
    expect(app.wx.calls).toEqual(['wx.login', 'login', 'logout']);
  });

  test('is no once the gateway has ended it, if the login that follows fails', async () => {
    await app.client.login();
    running.clock.advanceSeconds(7200);
    app.wx.loginFails = true;
    expect(await app.client.session()).toMatchObject({ __typename: 'WxLoginFailed' });
    expect(app.client.hasSession()).toBe(false);
    expect(app.restarted().hasSession()).toBe(false);
  });
});

test('an expired session: it logs in and asks again', async () => {
  await app.client.login();
  running.clock.advanceSeconds(7200);
  expect(await app.client.session()).toMatchObject({ __typename: 'Session', appId: running.app.appId });
  expect(app.wx.calls).toEqual(['wx.login', 'login', 'session', 'wx.login', 'login', 'session']);
});

test('an expired session that two meet at once costs one login', async () => {
  await app.client.login();
  running.clock.advanceSeconds(7200);
  const { client } = app;
  const sessions = await Promise.all([client.session(), client.session(), client.checkSession()]);
  expect(sessions.map(({ __typename }) => __typename)).toEqual(['Session', 'Session', 'SessionCheck']);
  expect(app.wx.calls.filter((call) => call === 'wx.login')).toHaveLength(2);
});

test('an answer from before another call’s login costs no second one', async () => {
  await app.client.login();
  running.clock.advanceSeconds(7200);
  app.wx.network = ['late'];
  const late = app.client.session();
  await app.wx.idle();
  await app.client.session();
  app.wx.deliver();
  expect(await late).toMatchObject({ __typename: 'Session' });
  expect(app.wx.calls.filter((call) => call === 'wx.login')).toHaveLength(2);
});

test('checkSession is the server’s side of the question', async () => {
  await app.client.login();
  expect(await app.client.checkSession()).toEqual({ __typename: 'SessionCheck', keyIsCurrent: true });
  running.simulator.world.renewKey(running.app.appId, 'alice');
  expect(await app.client.checkSession()).toEqual({ __typename: 'SessionCheck', keyIsCurrent: false });
  expect(running.simulator.faults.calls(CHECK_SESSION_KEY)).toBe(2);
});

test('a gateway that runs trusted documents only runs what the client sends', async () => {
  const manifest = fileURLToPath(new URL('../../src/client/generated/persisted-documents.json', import.meta.url));
  const strict = await runGateway({ TRUSTED_DOCUMENTS: manifest });
  const { client, wx } = startMiniProgram(strict);
  const login = await client.login();
  const { code, encryptedData, iv, cloudID } = (await wx.tap()).detail;
  const answers = [
    login,
    await client.getPhoneNumber({ code }),
    await client.getPhoneNumber({ encryptedData, iv }),
    await client.getPhoneNumber({ cloudID }),
    await client.session(),
    await client.checkSession(),
    await client.logout(),
  ];
  const types = answers.map(({ __typename }) => __typename);
  await strict.gateway.stop();
  const number = 'PhoneNumber';
  expect(types).toEqual(['LoginSuccess', number, number, number, 'Session', 'SessionCheck', 'LogoutSuccess']);
});
