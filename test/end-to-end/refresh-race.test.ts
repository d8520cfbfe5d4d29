import { setImmediate as nextTurn } from 'node:timers/promises';
import { encryptOpenData } from '../../src/simulator/open-data.js';
import { CODE_2_SESSION } from '../../src/simulator/weixin-routes.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

/*
 * "It fails the first time, then works": the data is encrypted with the key that was current at the tap, and wx.login has
 * replaced that key before the data arrives. The simulator replaces the key at every wx.login.
 */
let running: RunningGateway;
const wxLogin = () => running.simulator.world.login(running.app.appId, 'alice');
const tap = () => running.simulator.world.tap(running.app.appId, 'alice');

const OPENS = { __typename: 'PhoneNumber' };
const MISMATCH = { __typename: 'InvalidSessionError', code: 'KEY_MISMATCH', remedy: 'LOGIN_AND_RESEND' };

beforeEach(async () => {
  running = await runGateway();
});
afterEach(() => running.gateway.stop());

test('wx.login inside the button callback: the data of the tap opens with the new token, and with the old', async () => {
  const before = await running.loggedIn('alice');
  const data = tap();
  running.clock.advanceSeconds(1);
  const after = await running.loggedIn('alice');
  expect(await after.decryptPhone(data)).toMatchObject(OPENS);
  expect(await before.decryptPhone(data)).toMatchObject(OPENS);
});

test('a login on app start that crosses the tap: data that arrives before the code opens once the code has arrived', async () => {
  const client = await running.loggedIn('alice');
  running.clock.advanceSeconds(10);
  const code = wxLogin();
  const data = tap();
  expect(await client.decryptPhone(data)).toMatchObject(MISMATCH);
  await client.loggedIn(code);
  expect(await client.decryptPhone(data)).toMatchObject(OPENS);
});

test('a second device: the data of the first one opens although the second has logged in since', async () => {
  const phone = await running.loggedIn('alice');
  const data = tap();
  running.clock.advanceSeconds(5);
  const tablet = await running.loggedIn('alice');
  expect(await phone.decryptPhone(data)).toMatchObject(OPENS);
  expect(await tablet.decryptPhone(data)).toMatchObject(OPENS);
});

test('two replacements between the tap and its arrival do no harm, a third one does', async () => {
  const client = await running.loggedIn('alice');
  const data = tap();
  for (const expected of [OPENS, OPENS, MISMATCH]) {
    running.clock.advanceSeconds(1);
    await running.loggedIn('alice');
    expect(await client.decryptPhone(data)).toMatchObject(expected);
  }
});

test('logins that cross on the wire: neither key is taken for the older, whichever answer comes last', async () => {
  const first = running.client();
  const firstCode = wxLogin();
  const secondCode = wxLogin();
  running.simulator.faults.add(CODE_2_SESSION, [{ delayMs: 150 }]);

  const firstLogin = first.loggedIn(firstCode);
  while (running.simulator.faults.calls(CODE_2_SESSION) === 0) await nextTurn();
  running.clock.advance(10);
  const second = await running.client().loggedIn(secondCode);
  running.clock.advance(10);
  await firstLogin;

  // The key of the second wx.login is Weixin's current one, though its answer came first. It must not have been retired.
  running.clock.advanceSeconds(600);
  const data = tap();
  expect(await first.decryptPhone(data)).toMatchObject(OPENS);
  expect(await second.decryptPhone(data)).toMatchObject(OPENS);
});

test('the session expired before the data arrived: one login, and the same data opens', async () => {
  const client = await running.loggedIn('alice');
  running.clock.advanceSeconds(7200);
  const data = tap();
  expect(await client.decryptPhone(data)).toMatchObject({ code: 'NOT_LOGGED_IN', remedy: 'LOGIN_AND_RESEND' });
  await client.loggedIn(wxLogin());
  expect(await client.decryptPhone(data)).toMatchObject(OPENS);
});

test('the user logged out everywhere between the tap and its arrival: one login, and the same data opens', async () => {
  const client = await running.loggedIn('alice');
  const data = tap();
  await client.logout({ everywhere: true });
  expect(await client.decryptPhone(data)).toMatchObject({ code: 'NOT_LOGGED_IN' });
  await client.loggedIn(wxLogin());
  expect(await client.decryptPhone(data)).toMatchObject(OPENS);
});

test('the gateway has never seen the user: after one login with the code at hand the same data opens', async () => {
  const code = wxLogin();
  const data = tap();
  const client = running.client();
  expect(await client.decryptPhone(data)).toMatchObject({ code: 'NOT_LOGGED_IN' });
  await client.loggedIn(code);
  expect(await client.decryptPhone(data)).toMatchObject(OPENS);
});

test('wx.login that keeps the key: the key seen again is the current one, and opens what is tapped much later', async () => {
  const { world } = running.simulator;
  const { appId } = running.app;
  const first = wxLogin();
  const key = world.sessionKey(appId, 'alice');
  const client = await running.client().loggedIn(first);
  running.clock.advanceSeconds(1);
  await running.client().loggedIn(wxLogin());
  // A scripted answer brings the first key back, as Weixin does for a login within its minimum period.
  running.clock.advanceSeconds(1);
  const openid = ((await client.session()) as { openId: string }).openId;
  const answer = JSON.stringify({ openid, session_key: key });
  running.simulator.faults.add(CODE_2_SESSION, [{ body: answer }]);
  await running.client().loggedIn(wxLogin());
  running.clock.advanceSeconds(3600);
  const document = phoneDocument(appId, Math.floor(running.clock.now() / 1000));
  expect(await client.decryptPhone(encryptOpenData(key, document))).toMatchObject(OPENS);
});

describe('a key long gone', () => {
  test('opens nothing that is dated after it was superseded, beyond the clock skew', async () => {
    const { appId } = running.app;
    const client = await running.loggedIn('alice');
    const leaked = running.simulator.world.sessionKey(appId, 'alice');
    running.clock.advanceSeconds(1);
    await running.loggedIn('alice');
    const supersededAt = Math.floor(running.clock.now() / 1000);
    running.clock.advanceSeconds(200);
    const dated = (timestamp: number) => encryptOpenData(leaked, phoneDocument(appId, timestamp));
    expect(await client.decryptPhone(dated(supersededAt + 60))).toMatchObject(OPENS);
    expect(await client.decryptPhone(dated(supersededAt + 61))).toMatchObject(MISMATCH);
  });

  test('opens nothing after three newer ones', async () => {
    const client = await running.loggedIn('alice');
    const data = tap();
    for (let i = 0; i < 3; i += 1) {
      running.clock.advance(1);
      await running.loggedIn('alice');
    }
    expect(await client.decryptPhone(data)).toMatchObject(MISMATCH);
  });

  test('is forgotten when the user has not logged in for as long as a session may last', async () => {
    await running.gateway.stop();
    running = await runGateway({ SESSION_ABSOLUTE_SECONDS: '100', WATERMARK_MAX_AGE_SECONDS: '1000' });
    await running.loggedIn('alice');
    const old = tap();
    running.clock.advanceSeconds(99);
    expect(await (await running.loggedIn('alice')).decryptPhone(old)).toMatchObject(OPENS);
    const recent = tap();
    running.clock.advanceSeconds(100);
    expect(await (await running.loggedIn('alice')).decryptPhone(recent)).toMatchObject(MISMATCH);
  });
});

function phoneDocument(appid: string, timestamp: number): object {
  return {
    phoneNumber: '13580006666',
    purePhoneNumber: '13580006666',
    countryCode: '86',
    watermark: { timestamp, appid },
  };
}
