import { type MiniProgram, startMiniProgram } from '../harness/mini-program.js';
import { fileURLToPath } from 'node:url';
import { CHECK_SESSION_KEY, CODE_2_SESSION } from '../../src/weixin/simulator/weixin-routes.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

let running: RunningGateway;
let app: MiniProgram;
beforeEach(async () => {
  running = await runGateway();
  app = startMiniProgram(running);
});
afterEach(() => running.gateway.stop());

const codes = () => app.wx.sent.map((body) => /"code":"([^"]+)"/.exec(body)?.[1]);
const exchanges = () => running.simulator.faults.calls(CODE_2_SESSION);

describe('prepare', () => {
  test('logs in where there is no session yet', async () => {
    expect(await app.client.prepare()).toEqual({ __typename: 'Prepared' });
    expect(app.wx.calls).toEqual(['wx.login', 'login']);
  });

  test('asks wx.checkSession and no more where there is one, also after a restart', async () => {
    await app.client.prepare();
    await app.client.prepare();
    expect(await app.restarted().prepare()).toEqual({ __typename: 'Prepared' });
    expect(app.wx.calls).toEqual(['wx.login', 'login', 'wx.checkSession', 'wx.checkSession']);
  });

  test('logs in before the tap where the key is no longer good', async () => {
    await app.client.prepare();
    running.simulator.world.renewKey(running.app.appId, 'alice');
    await app.client.prepare();
    expect(app.wx.calls).toEqual(['wx.login', 'login', 'wx.checkSession', 'wx.login', 'login']);
  });

  test('logs in where wx.checkSession gives no answer in time', async () => {
    await app.client.prepare();
    app.wx.checkIsSilent = true;
    const prepared = app.client.prepare();
    app.timer.expire();
    expect(await prepared).toEqual({ __typename: 'Prepared' });
    expect(app.wx.calls.slice(2)).toEqual(['wx.checkSession', 'wx.login', 'login']);
  });

  test('hands over why there is no login', async () => {
    running.simulator.world.block(running.app.appId, 'alice');
    expect(await app.client.prepare()).toMatchObject({ __typename: 'UserBlockedError', remedy: 'NONE' });
  });
});

describe('the login', () => {
  test('is one for all who want it at once', async () => {
    const { client } = app;
    await Promise.all([client.prepare(), client.login(), client.login(), client.session(), client.session()]);
    expect(app.wx.calls).toEqual(['wx.login', 'login', 'session', 'session']);
  });

  test('whose request was lost sends its code again', async () => {
    app.wx.network = ['lost'];
    expect(await app.client.login()).toMatchObject({ __typename: 'LoginSuccess' });
    expect(app.wx.calls).toEqual(['wx.login', 'login', 'login']);
    expect(codes()[1]).toBe(codes()[0]);
  });

  test('whose answer was lost gets the same session for the same code, which goes to Weixin once', async () => {
    app.wx.network = ['lostAnswer'];
    await app.client.login();
    expect(codes()[1]).toBe(codes()[0]);
    expect(exchanges()).toBe(1);
  });

  test('that failed twice keeps its code for the next one, also after minutes', async () => {
    app.wx.network = ['lost', 'lost'];
    expect(await app.client.login()).toMatchObject({ __typename: 'GatewayUnreachable', remedy: 'RETRY_LATER' });
    running.clock.advanceSeconds(200);
    expect(await app.client.login()).toMatchObject({ __typename: 'LoginSuccess' });
    expect(new Set(codes()).size).toBe(1);
    expect(app.wx.calls.filter((call) => call === 'wx.login')).toHaveLength(1);
  });

  test('gets a new code where the one that it kept has expired', async () => {
    app.wx.network = ['lost', 'lost'];
    await app.client.login();
    running.clock.advanceSeconds(301);
    expect(await app.client.login()).toMatchObject({ __typename: 'LoginSuccess' });
    expect(app.wx.calls.slice(3)).toEqual(['login', 'wx.login', 'login']);
  });

  test('gets a new code where an answer of Weixin’s was lost and took the code with it', async () => {
    running.simulator.faults.add(CODE_2_SESSION, [{ close: true }]);
    expect(await app.client.login()).toMatchObject({ __typename: 'LoginSuccess' });
    expect(new Set(codes()).size).toBe(2);
  });

  test.each([
    [0, 2000],
    [1, 2500],
  ])(
    'waits the two seconds that a busy Weixin makes the gateway ask for, and by chance (%d) up to a quarter more',
    async (chance, delay) => {
      const { random } = Math;
      Math.random = () => chance;
      running.simulator.faults.add(CODE_2_SESSION, [{ errcode: -1 }, { errcode: -1 }]);
      const login = await app.client.login();
      Math.random = random;
      expect(login).toMatchObject({ __typename: 'LoginSuccess' });
      expect(app.timer.waits).toEqual([delay]);
    },
  );

  test('does not wait out Weixin’s quota: the page is told how long it takes', async () => {
    running.simulator.faults.add(CODE_2_SESSION, [{ errcode: 45011 }]);
    expect(await app.client.login()).toMatchObject({ __typename: 'RateLimitedError', retryAfterSeconds: 60 });
    expect(app.timer.waits).toEqual([]);
  });

  test('says so where wx.login gives no code, after a second try', async () => {
    app.wx.loginFails = true;
    expect(await app.client.login()).toMatchObject({ __typename: 'WxLoginFailed', remedy: 'RETRY_LATER' });
    expect(app.wx.calls).toEqual(['wx.login', 'wx.login']);
  });
});

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
