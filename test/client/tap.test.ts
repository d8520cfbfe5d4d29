import type { TapEvent } from '../../src/client/index.js';
import { GET_USER_PHONE_NUMBER } from '../../src/weixin/simulator/weixin-routes.js';
import { type MiniProgram, startMiniProgram } from '../harness/mini-program.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

const NUMBER = { __typename: 'PhoneNumber', e164: '+8613548535449' };

let running: RunningGateway;
let app: MiniProgram;
beforeAll(async () => {
  running = await runGateway();
});
afterAll(() => running.gateway.stop());
beforeEach(async () => {
  // What the test before used of any limit is over by then.
  running.clock.advanceSeconds(7200);
  app = startMiniProgram(running);
  await app.client.prepare();
  app.wx.calls.length = 0;
});

/** The event of a tap, with these members changed; one that is undefined is left out. */
async function tapped(changes: TapEvent = {}, document?: object): Promise<{ detail: TapEvent }> {
  return { detail: { ...(await app.wx.tap(document)).detail, ...changes } };
}

describe('a tap', () => {
  test('that carries everything takes one request, with the code', async () => {
    expect(await app.client.getPhoneNumber(await tapped())).toMatchObject(NUMBER);
    expect(app.wx.calls).toEqual(['exchangePhoneCode']);
    expect(app.timer.pending).toBe(0);
  });

  test.each<[string, TapEvent, string]>([
    ['no code, as an older base library’s', { code: undefined }, 'decryptPhone'],
    ['a cloudID alone', { code: undefined, encryptedData: undefined }, 'resolveCloudPhone'],
    ['data without its iv', { code: undefined, iv: undefined }, 'resolveCloudPhone'],
  ])('with %s goes the way that is left', async (_, changes, way) => {
    expect(await app.client.getPhoneNumber(await tapped(changes))).toMatchObject(NUMBER);
    expect(app.wx.calls).toEqual([way]);
  });

  test.each(['encryptedData', 'cloudID'] as const)('goes by %s first where that is preferred', async (way) => {
    const { client } = startMiniProgram(running, { prefer: [way] }, app.wx);
    expect(await client.getPhoneNumber(await tapped())).toMatchObject(NUMBER);
    expect(app.wx.calls).toEqual([{ encryptedData: 'decryptPhone', cloudID: 'resolveCloudPhone' }[way]]);
  });

  test.each<[string, (event: { detail: TapEvent }) => TapEvent]>([
    ['as an event', (event) => event],
    ['as its detail', ({ detail }) => detail],
    ['in the nested detail that Skyline is reported to make', (event) => ({ detail: event })],
  ])('is read %s', async (_, shape) => {
    expect(await app.client.getPhoneNumber(shape(await tapped()))).toMatchObject(NUMBER);
  });

  test('brings a proof along', async () => {
    const number = await app.client.getPhoneNumber(await tapped());
    expect('proof' in number && number.proof).toMatch(/^eyJ/);
  });

  test('whose handler is bound twice gives both the number, and takes one code from Weixin', async () => {
    const event = await tapped();
    const before = running.simulator.faults.calls(GET_USER_PHONE_NUMBER);
    const numbers = await Promise.all([app.client.getPhoneNumber(event), app.client.getPhoneNumber(event)]);
    expect(numbers).toMatchObject([NUMBER, NUMBER]);
    expect(running.simulator.faults.calls(GET_USER_PHONE_NUMBER)).toBe(before + 1);
  });
});

describe('a tap that was refused', () => {
  test.each<[TapEvent, string, string]>([
    [{ errMsg: 'getPhoneNumber:fail user deny' }, 'USER_DENIED', 'TAP_AGAIN'],
    [{ errMsg: 'getPhoneNumber:fail:user deny' }, 'USER_DENIED', 'TAP_AGAIN'],
    [{ errMsg: 'getPhoneNumber:fail user canceled' }, 'USER_DENIED', 'TAP_AGAIN'],
    [{ errMsg: 'getPhoneNumber:fail no permission' }, 'NO_PERMISSION', 'NONE'],
    [
      { errMsg: 'getPhoneNumber:fail privacy permission is not authorized', errno: 104 },
      'PRIVACY_NOT_ACCEPTED',
      'TAP_AGAIN',
    ],
    [{ errMsg: 'getPhoneNumber:fail api scope is not declared', errno: 112 }, 'SCOPE_NOT_DECLARED', 'NONE'],
    [{ errMsg: 'getPhoneNumber:fail', errno: 1400001 }, 'QUOTA_USED_UP', 'NONE'],
    [{ errMsg: 'getPhoneNumber:fail something new', errno: 7 }, 'NO_DATA', 'NONE'],
    [{ errMsg: 'getPhoneNumber:ok' }, 'NO_DATA', 'NONE'],
    [{}, 'NO_DATA', 'NONE'],
  ])('%j is %s, remedy %s, and asks the gateway nothing', async (detail, code, remedy) => {
    const refused = await app.client.getPhoneNumber({ detail });
    expect(refused).toEqual({
      __typename: 'TapRefused',
      code,
      message: detail.errMsg ?? '',
      remedy,
      retryAfterSeconds: null,
    });
    expect(app.wx.calls).toEqual([]);
  });
});

test('an event that is its own detail is read to its end', async () => {
  const event: { detail?: TapEvent } = {};
  event.detail = event;
  expect(await app.client.getPhoneNumber(event)).toMatchObject({ __typename: 'TapRefused', code: 'NO_DATA' });
});

describe('the race', () => {
  test('wx.login in the button’s callback does no harm', async () => {
    const { detail } = await tapped({ code: undefined, cloudID: undefined });
    await app.client.login();
    expect(await app.client.getPhoneNumber(detail)).toMatchObject(NUMBER);
    expect(app.wx.calls).toEqual(['wx.login', 'login', 'decryptPhone']);
  });

  test('nor does a login on another device between the tap and the request', async () => {
    const { detail } = await tapped({ code: undefined, cloudID: undefined });
    await running.loggedIn('alice');
    expect(await app.client.getPhoneNumber(detail)).toMatchObject(NUMBER);
    expect(app.wx.calls).toEqual(['decryptPhone']);
  });

  test('a tap while the login at app start is under way waits for it', async () => {
    running.clock.advanceSeconds(7200);
    const login = app.client.login();
    expect(await app.client.getPhoneNumber(await tapped())).toMatchObject(NUMBER);
    await login;
    expect(app.wx.calls).toEqual(['wx.login', 'login', 'exchangePhoneCode']);
  });

  test('data of a tap after a login that got lost opens with the code of that login', async () => {
    app.wx.network = ['lost', 'lost'];
    await app.client.login();
    const { detail } = await tapped({ code: undefined, cloudID: undefined });
    expect(await app.client.getPhoneNumber(detail)).toMatchObject(NUMBER);
    expect(app.wx.calls).toEqual(['wx.login', 'login', 'login', 'decryptPhone', 'login', 'decryptPhone']);
  });

  test('a session that ended: it logs in and sends the same code again', async () => {
    running.clock.advanceSeconds(7200);
    expect(await app.client.getPhoneNumber(await tapped())).toMatchObject(NUMBER);
    expect(app.wx.calls).toEqual(['exchangePhoneCode', 'wx.login', 'login', 'exchangePhoneCode']);
  });
});
