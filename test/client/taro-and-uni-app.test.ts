import { publishedClient } from '../harness/published-client.js';
import { NUMBER, preparedMiniProgram } from '../harness/prepared-mini-program.js';
import { promiseWx, type PromiseStyle } from '../harness/promise-wx.js';

/* The published client with the objects of Taro and uni-app as its `wx`. */

const at = preparedMiniProgram();

let unhandled: unknown[];
const note = (reason: unknown) => void unhandled.push(reason);
beforeEach(() => {
  unhandled = [];
  process.on('unhandledRejection', note);
});
afterEach(() => {
  process.off('unhandledRejection', note);
});

describe.each<PromiseStyle>(['as well', 'instead'])('promises %s', (style) => {
  const client = () =>
    publishedClient().createGatewayClient({
      wx: promiseWx(at.app.wx, style),
      url: `${at.running.gateway.url}/graphql`,
      appId: at.running.app.appId,
      timer: at.app.timer,
    });

  test('a login, a check of the key, and the number of a tap', async () => {
    const gateway = client();
    expect(await gateway.prepare()).toEqual({ __typename: 'Prepared' });
    expect(await gateway.prepare()).toEqual({ __typename: 'Prepared' });
    expect(await gateway.getPhoneNumber(await at.tapped())).toMatchObject(NUMBER);
    expect(at.app.wx.calls).toEqual(['wx.login', 'login', 'wx.checkSession', 'exchangePhoneCode']);
  });

  test('failures are results, and no rejection is left unhandled', async () => {
    const gateway = client();
    at.app.wx.loginFails = true;
    expect(await gateway.login()).toMatchObject({ __typename: 'WxLoginFailed', message: 'login:fail' });
    at.app.wx.loginFails = false;
    at.app.wx.network = ['lost', 'lost'];
    expect(await gateway.login()).toMatchObject({ __typename: 'GatewayUnreachable', message: 'request:fail' });
    expect(await gateway.login()).toMatchObject({ __typename: 'LoginSuccess' });
    at.running.simulator.world.renewKey(at.running.app.appId, 'alice');
    expect(await gateway.prepare()).toEqual({ __typename: 'Prepared' });
    // Node reports a rejection after the microtasks that could have handled it.
    await new Promise(setImmediate);
    expect(unhandled).toEqual([]);
  });
});
