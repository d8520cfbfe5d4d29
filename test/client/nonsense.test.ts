import type { GatewayClientOptions, Wx } from '../../src/client/index.js';
import { startMiniProgram } from '../harness/mini-program.js';
import { NUMBER, preparedMiniProgram } from '../harness/prepared-mini-program.js';
import { publishedClient } from '../harness/published-client.js';

/* What a page or a wrapper hands over by mistake. Every call answers with a result. */

const at = preparedMiniProgram();

test.each<[string, unknown]>([
  ['null', null],
  ['a number', 5],
  ['an event of a button', { type: 'tap', detail: { x: 1 } }],
  [
    'an object whose getter throws',
    {
      get everywhere() {
        throw new Error('a getter');
      },
    },
  ],
])('a logout with %s as its options ends this session', async (_, options) => {
  expect(await at.app.client.logout(options as object)).toEqual({ __typename: 'LogoutSuccess', sessionsEnded: 1 });
});

test('ways to a number that there are none of are left out', async () => {
  const prefer = ['toString', 'encryptedData', 7] as unknown as NonNullable<GatewayClientOptions['prefer']>;
  const { client } = startMiniProgram(at.running, { prefer }, at.app.wx);
  expect(await client.getPhoneNumber(await at.tapped())).toMatchObject(NUMBER);
  expect(at.app.wx.calls).toEqual(['decryptPhone']);
});

interface Callbacks {
  readonly success: (value: unknown) => void;
  readonly fail: (value: unknown) => void;
}

describe.each<[string, (callbacks: Callbacks) => unknown]>([
  ['succeed with undefined', ({ success }) => success(undefined)],
  ['succeed with null', ({ success }) => success(null)],
  ['succeed with text', ({ success }) => success('ok')],
  ['succeed with numbers', ({ success }) => success({ code: 5, statusCode: {}, data: 7, header: 1 })],
  ['succeed with errors of null', ({ success }) => success({ statusCode: 200, data: { errors: [null] } })],
  ['fail with undefined', ({ fail }) => fail(undefined)],
  ['fail with null', ({ fail }) => fail(null)],
  ['fail with a symbol', ({ fail }) => fail({ errMsg: Symbol('no text'), errno: Symbol('no number') })],
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- that is the nonsense
  ['reject with nothing', () => Promise.reject(undefined)],
  [
    'return a then that is none',
    ({ fail }) => {
      fail({});
      return { then: 5 };
    },
  ],
  [
    'throw nothing',
    () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- that is the nonsense
      throw undefined;
    },
  ],
])('functions of wx that %s', (_, run) => {
  const gateway = () =>
    publishedClient().createGatewayClient({
      wx: {
        login: run,
        checkSession: run,
        request: run,
        getStorageSync: () => 'a token',
        setStorageSync: run,
      } as never,
      url: 'https://gateway.example/graphql',
      timer: at.app.timer,
    });

  test.each(['prepare', 'login', 'session', 'checkSession', 'logout'] as const)(
    '%s answers with a result',
    async (call) => {
      expect(await gateway()[call]()).toHaveProperty('__typename');
    },
  );

  test('getPhoneNumber answers with a result', async () => {
    expect(await gateway().getPhoneNumber({ code: 'x' })).toHaveProperty('__typename');
  });
});

test('a wx that is none: the login failed', async () => {
  const client = publishedClient().createGatewayClient({
    wx: undefined as unknown as Wx,
    url: '',
    timer: at.app.timer,
  });
  expect(await client.getPhoneNumber({ code: 'x' })).toMatchObject({ __typename: 'WxLoginFailed' });
});

test('errors without texts are rejected requests, with an unknown code', async () => {
  at.app.wx.network = [{ data: { errors: [{ message: 7, extensions: 'none' }] } }];
  const { code } = (await at.tapped()).detail;
  expect(await at.app.client.getPhoneNumber({ code })).toEqual({
    __typename: 'RequestRejected',
    code: 'UNKNOWN',
    message: '',
    remedy: 'NONE',
    retryAfterSeconds: null,
    requestId: null,
  });
});
