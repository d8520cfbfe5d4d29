import type { TapEvent } from '../../src/client/index.js';
import { GET_USER_PHONE_NUMBER } from '../../src/simulator/weixin-routes.js';
import { startMiniProgram } from '../harness/mini-program.js';
import { NUMBER, preparedMiniProgram } from '../harness/prepared-mini-program.js';

const at = preparedMiniProgram();

describe('a tap', () => {
  test('that carries everything takes one request, with the code', async () => {
    expect(await at.app.client.getPhoneNumber(await at.tapped())).toMatchObject(NUMBER);
    expect(at.app.wx.calls).toEqual(['exchangePhoneCode']);
    expect(at.app.timer.pending).toBe(0);
  });

  test.each<[string, TapEvent, string]>([
    ['no code, as an older base library’s', { code: undefined }, 'decryptPhone'],
    ['a cloudID alone', { code: undefined, encryptedData: undefined }, 'resolveCloudPhone'],
    ['data without its iv', { code: undefined, iv: undefined }, 'resolveCloudPhone'],
  ])('with %s goes the way that is left', async (_, changes, way) => {
    expect(await at.app.client.getPhoneNumber(await at.tapped(changes))).toMatchObject(NUMBER);
    expect(at.app.wx.calls).toEqual([way]);
  });

  test.each(['encryptedData', 'cloudID'] as const)('goes by %s first where that is preferred', async (way) => {
    const { client } = startMiniProgram(at.running, { prefer: [way] }, at.app.wx);
    expect(await client.getPhoneNumber(await at.tapped())).toMatchObject(NUMBER);
    expect(at.app.wx.calls).toEqual([{ encryptedData: 'decryptPhone', cloudID: 'resolveCloudPhone' }[way]]);
  });

  test.each<[string, (event: { detail: TapEvent }) => TapEvent]>([
    ['as an event', (event) => event],
    ['as its detail', ({ detail }) => detail],
    ['in the nested detail that Skyline is reported to make', (event) => ({ detail: event })],
  ])('is read %s', async (_, shape) => {
    expect(await at.app.client.getPhoneNumber(shape(await at.tapped()))).toMatchObject(NUMBER);
  });

  test('brings a proof along', async () => {
    const number = await at.app.client.getPhoneNumber(await at.tapped());
    expect('proof' in number && number.proof).toMatch(/^eyJ/);
  });

  test('whose handler is bound twice gives both the number, and takes one code from Weixin', async () => {
    const event = await at.tapped();
    const before = at.running.simulator.faults.calls(GET_USER_PHONE_NUMBER);
    const numbers = await Promise.all([at.app.client.getPhoneNumber(event), at.app.client.getPhoneNumber(event)]);
    expect(numbers).toMatchObject([NUMBER, NUMBER]);
    expect(at.running.simulator.faults.calls(GET_USER_PHONE_NUMBER)).toBe(before + 1);
  });
});

describe('the race', () => {
  test('wx.login in the button’s callback does no harm', async () => {
    const { detail } = await at.tapped({ code: undefined, cloudID: undefined });
    await at.app.client.login();
    expect(await at.app.client.getPhoneNumber(detail)).toMatchObject(NUMBER);
    expect(at.app.wx.calls).toEqual(['wx.login', 'login', 'decryptPhone']);
  });

  test('nor does a login on another device between the tap and the request', async () => {
    const { detail } = await at.tapped({ code: undefined, cloudID: undefined });
    await at.running.loggedIn('alice');
    expect(await at.app.client.getPhoneNumber(detail)).toMatchObject(NUMBER);
    expect(at.app.wx.calls).toEqual(['decryptPhone']);
  });

  test('a tap while the login at app start is under way waits for it', async () => {
    at.running.clock.advanceSeconds(7200);
    const login = at.app.client.login();
    expect(await at.app.client.getPhoneNumber(await at.tapped())).toMatchObject(NUMBER);
    await login;
    expect(at.app.wx.calls).toEqual(['wx.login', 'login', 'exchangePhoneCode']);
  });

  test('data of a tap after a login that got lost opens with the code of that login', async () => {
    at.app.wx.network = ['lost', 'lost'];
    await at.app.client.login();
    const { detail } = await at.tapped({ code: undefined, cloudID: undefined });
    expect(await at.app.client.getPhoneNumber(detail)).toMatchObject(NUMBER);
    expect(at.app.wx.calls).toEqual(['wx.login', 'login', 'login', 'decryptPhone', 'login', 'decryptPhone']);
  });

  test('a session that ended: it logs in and sends the same code again', async () => {
    at.running.clock.advanceSeconds(7200);
    expect(await at.app.client.getPhoneNumber(await at.tapped())).toMatchObject(NUMBER);
    expect(at.app.wx.calls).toEqual(['exchangePhoneCode', 'wx.login', 'login', 'exchangePhoneCode']);
  });
});
