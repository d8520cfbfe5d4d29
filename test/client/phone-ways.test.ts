import type { TapEvent } from '../../src/client/index.js';
import {
  CHECK_ENCRYPTED_DATA,
  CODE_2_SESSION,
  GET_OPEN_DATA,
  GET_USER_PHONE_NUMBER,
} from '../../src/weixin/simulator/weixin-routes.js';
import { type MiniProgram, startMiniProgram } from '../harness/mini-program.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

const NUMBER = { __typename: 'PhoneNumber', e164: '+8613548535449' };
const FORGED = { iv: Buffer.alloc(16).toString('base64') };
const BUSY = { errcode: -1 };

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
const weixinIsBusy = (endpoint: string, times: number) =>
  running.simulator.faults.add(endpoint, Array<typeof BUSY>(times).fill(BUSY));

describe('the next way', () => {
  test('a code that Weixin refuses: the data of the same tap opens', async () => {
    expect(await app.client.getPhoneNumber(await tapped({ code: 'expired' }))).toMatchObject(NUMBER);
    expect(app.wx.calls).toEqual(['exchangePhoneCode', 'decryptPhone']);
  });

  test('a busy Weixin: the data of the same tap opens without it, and without a wait', async () => {
    weixinIsBusy(GET_USER_PHONE_NUMBER, 2);
    expect(await app.client.getPhoneNumber(await tapped())).toMatchObject(NUMBER);
    expect(app.wx.calls).toEqual(['exchangePhoneCode', 'decryptPhone']);
    expect(app.timer.waits).toEqual([]);
  });

  test('a gateway whose secret Weixin refuses: the data opens without Weixin', async () => {
    running.simulator.faults.add(GET_USER_PHONE_NUMBER, [{ errcode: 40013 }]);
    expect(await app.client.getPhoneNumber(await tapped())).toMatchObject(NUMBER);
  });

  test('data that no key opens: the code is exchanged, without a login', async () => {
    const { client } = startMiniProgram(running, { prefer: ['encryptedData'] }, app.wx);
    expect(await client.getPhoneNumber(await tapped(FORGED))).toMatchObject(NUMBER);
    expect(app.wx.calls).toEqual(['decryptPhone', 'exchangePhoneCode']);
  });

  test('data that a gateway does not even take: the code is exchanged', async () => {
    const { client } = startMiniProgram(running, { prefer: ['encryptedData'] }, app.wx);
    expect(await client.getPhoneNumber(await tapped({ encryptedData: 'AAAA' }))).toMatchObject(NUMBER);
  });

  test('data that Weixin says it did not issue: the code is exchanged', async () => {
    const strict = await runGateway({ VERIFY_ORIGIN: 'always' });
    strict.simulator.faults.add(CHECK_ENCRYPTED_DATA, [{ body: '{"errcode":0,"vaild":false}' }]);
    const { client, wx } = startMiniProgram(strict, { prefer: ['encryptedData'] });
    await client.prepare();
    const number = await client.getPhoneNumber(await wx.tap());
    await strict.gateway.stop();
    expect(number).toMatchObject(NUMBER);
    expect(wx.calls.slice(2)).toEqual(['decryptPhone', 'exchangePhoneCode']);
  });

  test.each([
    ['TOO_OLD', { watermark: { timestamp: 1_477_314_187 } }, 'TAP_AGAIN'],
    ['APP_ID_MISMATCH', { watermark: { appid: 'wx4f4bc4dec97d474b' } }, 'NONE'],
  ])('is not tried for %s: it leads to the same document', async (code, document, remedy) => {
    expect(await app.client.getPhoneNumber(await tapped({}, document))).toMatchObject({ code, remedy });
    expect(app.wx.calls).toEqual(['exchangePhoneCode']);
  });

  test('is not tried without a gateway', async () => {
    app.wx.network = ['lost', 'lost'];
    expect(await app.client.getPhoneNumber(await tapped())).toMatchObject({ __typename: 'GatewayUnreachable' });
    expect(app.wx.calls).toEqual(['exchangePhoneCode', 'exchangePhoneCode']);
  });
});

describe('where every way fails', () => {
  test('for good, another tap is what helps, and no way was tried twice but the data, after a login', async () => {
    const event = await tapped({ ...FORGED, code: 'expired', cloudID: undefined });
    expect(await app.client.getPhoneNumber(event)).toMatchObject({ code: 'KEY_MISMATCH', remedy: 'LOGIN_AND_RESEND' });
    expect(app.wx.calls).toEqual(['exchangePhoneCode', 'decryptPhone', 'wx.login', 'login', 'decryptPhone']);
  });

  test('for now, it waits and repeats what may still come to something', async () => {
    weixinIsBusy(GET_USER_PHONE_NUMBER, 2);
    const event = await tapped({ encryptedData: undefined, cloudID: 'expired' });
    expect(await app.client.getPhoneNumber(event)).toMatchObject(NUMBER);
    expect(app.wx.calls).toEqual(['exchangePhoneCode', 'resolveCloudPhone', 'exchangePhoneCode']);
    expect(app.timer.waits).toHaveLength(1);
  });

  test('again after the wait, the page is told to come back later', async () => {
    weixinIsBusy(GET_USER_PHONE_NUMBER, 4);
    weixinIsBusy(GET_OPEN_DATA, 4);
    const event = await tapped({ encryptedData: undefined });
    const answer = { __typename: 'ServiceUnavailableError', remedy: 'RETRY_LATER', retryAfterSeconds: 2 };
    expect(await app.client.getPhoneNumber(event)).toMatchObject(answer);
    expect(app.wx.calls).toHaveLength(4);
  });

  test('since nobody can log in, the page is told why, after one more try', async () => {
    running.clock.advanceSeconds(7200);
    weixinIsBusy(CODE_2_SESSION, 4);
    const answer = { __typename: 'ServiceUnavailableError', remedy: 'RETRY_LATER' };
    expect(await app.client.getPhoneNumber(await tapped())).toMatchObject(answer);
    expect(app.wx.calls.filter((call) => call === 'wx.login')).toHaveLength(1);
  });
});
