import type { TapEvent } from '../../src/client/index.js';
import { CODE_2_SESSION, GET_OPEN_DATA, GET_USER_PHONE_NUMBER } from '../../src/weixin/simulator/weixin-routes.js';
import { type MiniProgram, startMiniProgram } from '../harness/mini-program.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';
import { type NetworkFault, WxStandIn } from '../harness/wx-stand-in.js';

const NUMBER = { __typename: 'PhoneNumber', e164: '+8613548535449' };
const FORGED = { iv: Buffer.alloc(16).toString('base64') };
const BUSY = { errcode: -1 };

let running: RunningGateway;
let app: MiniProgram;
beforeEach(async () => {
  running = await runGateway();
  app = startMiniProgram(running);
  await app.client.prepare();
  app.wx.calls.length = 0;
});
afterEach(() => running.gateway.stop());

/** The event of a tap, with these members changed; one that is undefined is left out. */
async function tapped(changes: TapEvent = {}, document?: object): Promise<{ detail: TapEvent }> {
  return { detail: { ...(await app.wx.tap(document)).detail, ...changes } };
}
const weixinIsBusy = (endpoint: string, times: number) =>
  running.simulator.faults.add(endpoint, Array<typeof BUSY>(times).fill(BUSY));

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
    const numbers = await Promise.all([app.client.getPhoneNumber(event), app.client.getPhoneNumber(event)]);
    expect(numbers).toMatchObject([NUMBER, NUMBER]);
    expect(running.simulator.faults.calls(GET_USER_PHONE_NUMBER)).toBe(1);
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

describe('an answer that is not the gateway’s', () => {
  const UNREACHABLE = { __typename: 'GatewayUnreachable', code: 'UNREACHABLE', remedy: 'RETRY_LATER' };

  test.each<[string, NetworkFault]>([
    ['no network', 'lost'],
    ['an answer that was lost', 'lostAnswer'],
    ['HTTP 502', { statusCode: 502, data: '<html>Bad Gateway</html>' }],
    ['HTTP 503 with errors', { statusCode: 503, data: { errors: [{ message: 'busy' }] } }],
    ['HTTP 504', { statusCode: 504 }],
    ['a captive portal’s page', { data: '<html>Please log in</html>' }],
    ['an empty object', { data: {} }],
    ['null', { data: null }],
    ['data without a type', { data: { data: { exchangePhoneCode: { e164: '+8613500000000' } } } }],
    ['errors without a first', { data: { data: null, errors: [] } }],
  ])('%s: it waits a second, up to a quarter more, and sends once more', async (_, fault) => {
    app.wx.network = [fault];
    expect(await app.client.getPhoneNumber(await tapped())).toMatchObject(NUMBER);
    expect(app.wx.calls).toEqual(['exchangePhoneCode', 'exchangePhoneCode']);
    expect(app.timer.waits[0]).toBeGreaterThanOrEqual(1000);
    expect(app.timer.waits[0]).toBeLessThanOrEqual(1250);
  });

  test.each(['Retry-After', 'retry-after'])('HTTP 503 with %s: it waits that long', async (name) => {
    app.wx.network = [{ statusCode: 503, header: { [name]: '4' } }];
    expect(await app.client.getPhoneNumber(await tapped())).toMatchObject(NUMBER);
    expect(app.timer.waits[0]).toBeGreaterThanOrEqual(4000);
    expect(app.timer.waits[0]).toBeLessThanOrEqual(5000);
  });

  test('HTTP 503 with a long Retry-After is for the page to tell its user', async () => {
    app.wx.network = [{ statusCode: 503, header: { 'Retry-After': '120' } }];
    const answer = { ...UNREACHABLE, retryAfterSeconds: 120 };
    expect(await app.client.getPhoneNumber(await tapped())).toMatchObject(answer);
    expect(app.timer.waits).toEqual([]);
  });

  test('none in time, twice', async () => {
    app.wx.network = ['silent', 'silent'];
    const number = app.client.getPhoneNumber(await tapped());
    while (app.wx.calls.length < 2) {
      app.timer.expire();
      await new Promise(setImmediate);
    }
    app.timer.expire();
    expect(await number).toMatchObject({ ...UNREACHABLE, message: 'timeout' });
  });

  test('a wx that throws', async () => {
    const wx = Object.assign(new WxStandIn(running), {
      request: () => {
        throw new Error('invalid url');
      },
    });
    const { client } = startMiniProgram(running, {}, wx);
    expect(await client.getPhoneNumber(await tapped())).toMatchObject(UNREACHABLE);
  });

  test('an error outside the unions tells its code and the id of its log line', async () => {
    running.simulator.faults.add(GET_USER_PHONE_NUMBER, [{ errcode: 40013 }]);
    const { code } = (await tapped()).detail;
    const rejected = await app.client.getPhoneNumber({ code });
    expect(rejected).toMatchObject({ __typename: 'RequestRejected', code: 'INTERNAL_SERVER_ERROR', remedy: 'NONE' });
    expect('requestId' in rejected && rejected.requestId).toMatch(/^[\w-]{8,}$/);
    expect(app.timer.waits).toEqual([]);
  });
});
