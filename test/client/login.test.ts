import { type MiniProgram, startMiniProgram } from '../harness/mini-program.js';
import { CODE_2_SESSION } from '../../src/simulator/weixin-routes.js';
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

  test('says in Weixin’s words why wx.login gives no code, after a second try', async () => {
    app.wx.loginFails = true;
    expect(await app.client.login()).toEqual({
      __typename: 'WxLoginFailed',
      code: 'WX_LOGIN_FAILED',
      message: 'login:fail',
      remedy: 'RETRY_LATER',
      retryAfterSeconds: 1,
    });
    expect(app.wx.calls).toEqual(['wx.login', 'wx.login']);
  });
});
