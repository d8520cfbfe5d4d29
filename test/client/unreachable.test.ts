import { GET_USER_PHONE_NUMBER } from '../../src/simulator/weixin-routes.js';
import { startMiniProgram } from '../harness/mini-program.js';
import { NUMBER, preparedMiniProgram } from '../harness/prepared-mini-program.js';
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
        throw new Error('invalid url');
      },
    });
    const { client } = startMiniProgram(at.running, {}, wx);
    expect(await client.getPhoneNumber(await at.tapped())).toMatchObject(UNREACHABLE);
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
