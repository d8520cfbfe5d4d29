import {
  CHECK_ENCRYPTED_DATA,
  CODE_2_SESSION,
  GET_OPEN_DATA,
  GET_USER_PHONE_NUMBER,
} from '../../src/simulator/weixin-routes.js';
import { startMiniProgram } from '../harness/mini-program.js';
import { NUMBER, preparedMiniProgram } from '../harness/prepared-mini-program.js';
import { runGateway } from '../harness/running-gateway.js';

const FORGED = { iv: Buffer.alloc(16).toString('base64') };
const BUSY = { errcode: -1 };

const at = preparedMiniProgram();
const weixinIsBusy = (endpoint: string, times: number) =>
  at.running.simulator.faults.add(endpoint, Array<typeof BUSY>(times).fill(BUSY));

describe('the next way', () => {
  test('a code that Weixin refuses: the data of the same tap opens', async () => {
    expect(await at.app.client.getPhoneNumber(await at.tapped({ code: 'expired' }))).toMatchObject(NUMBER);
    expect(at.app.wx.calls).toEqual(['exchangePhoneCode', 'decryptPhone']);
  });

  test('a busy Weixin: the data of the same tap opens without it, and without a wait', async () => {
    weixinIsBusy(GET_USER_PHONE_NUMBER, 2);
    expect(await at.app.client.getPhoneNumber(await at.tapped())).toMatchObject(NUMBER);
    expect(at.app.wx.calls).toEqual(['exchangePhoneCode', 'decryptPhone']);
    expect(at.app.timer.waits).toEqual([]);
  });

  test('a gateway whose secret Weixin refuses: the data opens without Weixin', async () => {
    at.running.simulator.faults.add(GET_USER_PHONE_NUMBER, [{ errcode: 40013 }]);
    expect(await at.app.client.getPhoneNumber(await at.tapped())).toMatchObject(NUMBER);
  });

  test('data that no key opens: the code is exchanged, without a login', async () => {
    const { client } = startMiniProgram(at.running, { prefer: ['encryptedData'] }, at.app.wx);
    expect(await client.getPhoneNumber(await at.tapped(FORGED))).toMatchObject(NUMBER);
    expect(at.app.wx.calls).toEqual(['decryptPhone', 'exchangePhoneCode']);
  });

  test('data that a gateway does not even take: the code is exchanged', async () => {
    const { client } = startMiniProgram(at.running, { prefer: ['encryptedData'] }, at.app.wx);
    expect(await client.getPhoneNumber(await at.tapped({ encryptedData: 'AAAA' }))).toMatchObject(NUMBER);
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
    expect(await at.app.client.getPhoneNumber(await at.tapped({}, document))).toMatchObject({ code, remedy });
    expect(at.app.wx.calls).toEqual(['exchangePhoneCode']);
  });

  test('is not tried without a gateway', async () => {
    at.app.wx.network = ['lost', 'lost'];
    expect(await at.app.client.getPhoneNumber(await at.tapped())).toMatchObject({ __typename: 'GatewayUnreachable' });
    expect(at.app.wx.calls).toEqual(['exchangePhoneCode', 'exchangePhoneCode']);
  });
});

describe('where every way fails', () => {
  test('for good, another tap is what helps, and no way was tried twice but the data, after a login', async () => {
    const event = await at.tapped({ ...FORGED, code: 'expired', cloudID: undefined });
    expect(await at.app.client.getPhoneNumber(event)).toMatchObject({
      code: 'KEY_MISMATCH',
      remedy: 'LOGIN_AND_RESEND',
    });
    expect(at.app.wx.calls).toEqual(['exchangePhoneCode', 'decryptPhone', 'wx.login', 'login', 'decryptPhone']);
  });

  test('for now, it waits and repeats what may still come to something', async () => {
    weixinIsBusy(GET_USER_PHONE_NUMBER, 2);
    const event = await at.tapped({ encryptedData: undefined, cloudID: 'expired' });
    expect(await at.app.client.getPhoneNumber(event)).toMatchObject(NUMBER);
    expect(at.app.wx.calls).toEqual(['exchangePhoneCode', 'resolveCloudPhone', 'exchangePhoneCode']);
    expect(at.app.timer.waits).toHaveLength(1);
  });

  test('again after the wait, the page is told to come back later', async () => {
    weixinIsBusy(GET_USER_PHONE_NUMBER, 4);
    weixinIsBusy(GET_OPEN_DATA, 4);
    const event = await at.tapped({ encryptedData: undefined });
    const answer = { __typename: 'ServiceUnavailableError', remedy: 'RETRY_LATER', retryAfterSeconds: 2 };
    expect(await at.app.client.getPhoneNumber(event)).toMatchObject(answer);
    expect(at.app.wx.calls).toHaveLength(4);
  });

  test('since nobody can log in, the page is told why, after one more try', async () => {
    at.running.clock.advanceSeconds(7200);
    weixinIsBusy(CODE_2_SESSION, 4);
    const answer = { __typename: 'ServiceUnavailableError', remedy: 'RETRY_LATER' };
    expect(await at.app.client.getPhoneNumber(await at.tapped())).toMatchObject(answer);
    expect(at.app.wx.calls.filter((call) => call === 'wx.login')).toHaveLength(1);
  });
});
