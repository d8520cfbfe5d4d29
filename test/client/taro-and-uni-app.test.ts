import type { Wx } from '../../src/client/index.js';
import { taroOn, uniAppOn } from '../harness/framework-wx.js';
import { publishedClient } from '../harness/published-client.js';
import { NUMBER, preparedMiniProgram } from '../harness/prepared-mini-program.js';
import { promiseWx } from '../harness/promise-wx.js';
import type { WxStandIn } from '../harness/wx-stand-in.js';

/* The published client with the objects of Taro and uni-app as its `wx`. */

const at = preparedMiniProgram();

let unhandled: unknown[];
const note = (reason: unknown) => void unhandled.push(reason);
beforeEach(() => {
  unhandled = [];
  process.on('unhandledRejection', note);
});
afterEach(async () => {
  // Node reports a rejection after the microtasks that could have handled it.
  await new Promise(setImmediate);
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

const clientOf = (wx: Wx) =>
  publishedClient().createGatewayClient({
    wx,
    url: `${at.running.gateway.url}/graphql`,
    appId: at.running.app.appId,
    timer: at.app.timer,
  });

/** An interceptor that has something to wait for, such as a token of its own back end. */
const later = () => new Promise(setImmediate);

const frameworks: readonly { readonly name: string; readonly on: (wx: WxStandIn) => Wx | Promise<Wx> }[] = [
  { name: 'Taro', on: taroOn },
  {
    name: 'Taro with an interceptor',
    on: async (wx) => {
      const taro = await taroOn(wx);
      taro.addInterceptor((chain) => later().then(() => chain.proceed(chain.requestParams)));
      return taro;
    },
  },
  { name: 'uni-app with Vue 2', on: (wx) => uniAppOn(wx, 'Vue 2') },
  { name: 'uni-app with Vue 3', on: (wx) => uniAppOn(wx, 'Vue 3') },
  ...(['Vue 2', 'Vue 3'] as const).map((vue) => ({
    name: `uni-app with ${vue} and asynchronous interceptors`,
    on: async (wx: WxStandIn) => {
      const uni = await uniAppOn(wx, vue);
      uni.addInterceptor({ invoke: (options) => later().then(() => options) });
      return uni;
    },
  })),
  { name: 'a wrapper that drops the callbacks', on: promiseWx },
];

describe.each(frameworks)('$name', ({ on }) => {
  test('a login, a check of the key, and the number of a tap', async () => {
    const gateway = clientOf(await on(at.app.wx));
    expect(await gateway.prepare()).toEqual({ __typename: 'Prepared' });
    expect(await gateway.prepare()).toEqual({ __typename: 'Prepared' });
    expect(await gateway.getPhoneNumber(await at.tapped())).toMatchObject(NUMBER);
    expect(at.app.wx.calls).toEqual(['wx.login', 'login', 'wx.checkSession', 'exchangePhoneCode']);
  });

  test('failures are results, and no rejection is left unhandled', async () => {
    const gateway = clientOf(await on(at.app.wx));
    at.app.wx.loginFails = true;
    expect(await gateway.login()).toMatchObject({ __typename: 'WxLoginFailed', message: 'login:fail' });
    at.app.wx.loginFails = false;
    at.app.wx.network = ['lost', 'lost'];
    expect(await gateway.login()).toMatchObject({ __typename: 'GatewayUnreachable', message: 'request:fail' });
    expect(await gateway.login()).toMatchObject({ __typename: 'LoginSuccess' });
    at.running.simulator.world.renewKey(at.running.app.appId, 'alice');
    at.app.wx.calls.length = 0;
    expect(await gateway.prepare()).toEqual({ __typename: 'Prepared' });
    expect(at.app.wx.calls).toEqual(['wx.checkSession', 'wx.login', 'login']);
  });
});
