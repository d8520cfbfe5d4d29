import type { TapEvent } from '../../src/client/index.js';
import { GET_USER_PHONE_NUMBER } from '../../src/weixin/simulator/weixin-routes.js';
import { type MiniProgram, startMiniProgram } from '../harness/mini-program.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';
import { type NetworkFault, WxStandIn } from '../harness/wx-stand-in.js';

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
