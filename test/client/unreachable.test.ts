import { runInNewContext } from 'node:vm';
import { GET_USER_PHONE_NUMBER } from '../../src/simulator/weixin-routes.js';
import { startMiniProgram } from '../harness/mini-program.js';
import { NUMBER, preparedMiniProgram } from '../harness/prepared-mini-program.js';
import type { WxFailure } from '../../src/client/index.js';
import { type NetworkFault, WxStandIn } from '../harness/wx-stand-in.js';

const at = preparedMiniProgram();

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
    at.app.wx.network = [fault];
    expect(await at.app.client.getPhoneNumber(await at.tapped())).toMatchObject(NUMBER);
    expect(at.app.wx.calls).toEqual(['exchangePhoneCode', 'exchangePhoneCode']);
    expect(at.app.timer.waits[0]).toBeGreaterThanOrEqual(1000);
    expect(at.app.timer.waits[0]).toBeLessThanOrEqual(1250);
  });

  test.each(['Retry-After', 'retry-after'])('HTTP 503 with %s: it waits that long', async (name) => {
    at.app.wx.network = [{ statusCode: 503, header: { [name]: '4' } }];
    expect(await at.app.client.getPhoneNumber(await at.tapped())).toMatchObject(NUMBER);
    expect(at.app.timer.waits[0]).toBeGreaterThanOrEqual(4000);
    expect(at.app.timer.waits[0]).toBeLessThanOrEqual(5000);
  });

  test('HTTP 503 with a long Retry-After is for the page to tell its user', async () => {
    at.app.wx.network = [{ statusCode: 503, header: { 'Retry-After': '120' } }];
    const answer = { ...UNREACHABLE, retryAfterSeconds: 120 };
    expect(await at.app.client.getPhoneNumber(await at.tapped())).toMatchObject(answer);
    expect(at.app.timer.waits).toEqual([]);
  });

  test('HTTP 503 as text, as a wrapper of wx.request may hand it over', async () => {
    const fault = { statusCode: '503' as unknown as number, data: { errors: [{ message: 'busy' }] } };
    at.app.wx.network = [fault];
    expect(await at.app.client.getPhoneNumber(await at.tapped())).toMatchObject(NUMBER);
    expect(at.app.wx.calls).toEqual(['exchangePhoneCode', 'exchangePhoneCode']);
  });

  test.each(['-5', 'Infinity', 'soon', ''])('a Retry-After of "%s" counts as none', async (value) => {
    at.app.wx.network = [{ statusCode: 503, header: { 'Retry-After': value } }];
    expect(await at.app.client.getPhoneNumber(await at.tapped())).toMatchObject(NUMBER);
    expect(at.app.timer.waits[0]).toBeGreaterThanOrEqual(1000);
    expect(at.app.timer.waits[0]).toBeLessThanOrEqual(1250);
  });

  test.each<[string, WxFailure]>([
    ['Weixin’s wording', { errMsg: 'request:fail url not in domain list' }],
    ['a colon', { errMsg: 'request:fail:url not in domain list' }],
    ['the number of the error', { errMsg: 'request:fail', errno: 600002 }],
    ['the developer tools’ wording', { errMsg: 'request:fail http://gateway 不在以下 request 合法域名列表中' }],
    ['an address that is none', { errMsg: 'request:fail invalid url "gateway"' }],
  ])('an address that Weixin does not let the app call, told by %s: a hint, and no second try', async (_, failure) => {
    at.app.wx.network = [{ failure }];
    const answer = await at.app.client.getPhoneNumber(await at.tapped());
    expect(answer).toMatchObject({ ...UNREACHABLE, remedy: 'NONE', retryAfterSeconds: null });
    const message = 'message' in answer ? answer.message : '';
    expect(message.startsWith(failure.errMsg ?? '')).toBe(true);
    expect(message).toContain('request 合法域名');
    expect(at.app.wx.calls).toEqual(['exchangePhoneCode']);
    expect(at.app.timer.waits).toEqual([]);
  });

  test('a failure of wx.request is told in Weixin’s words', async () => {
    const failure = {
      errMsg: 'request:fail errcode:-118 cronet_error_code:-118 error_msg:net::ERR_CONNECTION_TIMED_OUT',
    };
    at.app.wx.network = [{ failure }, { failure }];
    const answer = { ...UNREACHABLE, message: failure.errMsg };
    expect(await at.app.client.getPhoneNumber(await at.tapped())).toMatchObject(answer);
  });

  test('none in time, twice', async () => {
    at.app.wx.network = ['silent', 'silent'];
    const number = at.app.client.getPhoneNumber(await at.tapped());
    while (at.app.wx.calls.length < 2) {
      at.app.timer.expire();
      await new Promise(setImmediate);
    }
    at.app.timer.expire();
    expect(await number).toMatchObject({ ...UNREACHABLE, message: 'timeout' });
  });

  test('a wx that throws', async () => {
    const wx = Object.assign(new WxStandIn(at.running), {
      request: () => {
        throw new Error('invalid argument');
      },
    });
    const { client } = startMiniProgram(at.running, {}, wx);
    const answer = { ...UNREACHABLE, message: 'invalid argument' };
    expect(await client.getPhoneNumber(await at.tapped())).toMatchObject(answer);
  });

  test('an error outside the unions tells its code and the id of its log line', async () => {
    at.running.simulator.faults.add(GET_USER_PHONE_NUMBER, [{ errcode: 40013 }]);
    const { code } = (await at.tapped()).detail;
    const rejected = await at.app.client.getPhoneNumber({ code });
    expect(rejected).toMatchObject({ __typename: 'RequestRejected', code: 'INTERNAL_SERVER_ERROR', remedy: 'NONE' });
    expect('requestId' in rejected && rejected.requestId).toMatch(/^[\w-]{8,}$/);
    expect(at.app.timer.waits).toEqual([]);
  });
});

describe('an answer of the gateway', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const answer = { data: { exchangePhoneCode: { __typename: 'PhoneNumber', e164: '+8613548535449', 名: '手机' } } };
  const text = JSON.stringify(answer);

  test.each<[string, unknown]>([
    ['parsed, as wx.request does it', answer],
    ['text', text],
    ['text with a byte order mark', `\uFEFF${text}`],
    ['an ArrayBuffer', bytes(text).buffer],
    ['an ArrayBuffer with a byte order mark', bytes(`\uFEFF${text}`).buffer],
    [
      'an ArrayBuffer of another JavaScript realm',
      runInNewContext('Uint8Array.from(bytes).buffer', { bytes: bytes(text) }),
    ],
    ['a Uint8Array', bytes(text)],
  ])('is read from %s', async (_, data) => {
    at.app.wx.network = [{ data }];
    const number = await at.app.client.getPhoneNumber(await at.tapped());
    expect(number).toEqual(answer.data.exchangePhoneCode);
  });

  test.each<[string, unknown]>([
    ['text that is no JSON', 'Bad Gateway'],
    ['bytes that are no UTF-8', Uint8Array.of(0xff, 0xfe).buffer],
    ['more bytes than a gateway answers', bytes(`${' '.repeat(100_000)}${text}`).buffer],
  ])('is not %s', async (_, data) => {
    at.app.wx.network = [{ data }];
    await at.app.client.getPhoneNumber(await at.tapped());
    expect(at.app.wx.calls).toEqual(['exchangePhoneCode', 'exchangePhoneCode']);
  });
});
