import type { RefusalCode, TapEvent } from '../../src/client/index.js';
import { publishedClient } from '../harness/published-client.js';

/* Nothing here needs a gateway: each answer has to come without a call of wx. */

const calls: string[] = [];
const wx = {
  login: () => calls.push('login'),
  checkSession: () => calls.push('checkSession'),
  request: () => calls.push('request'),
  getStorageSync: () => '',
  setStorageSync: () => undefined,
};
const client = publishedClient().createGatewayClient({ wx, url: 'https://gateway.example/graphql' });
afterEach(() => {
  expect(calls).toEqual([]);
});

/** Each row is a kind: its wordings, without a prefix. */
const WORDINGS: readonly [RefusalCode, 'TAP_AGAIN' | 'NONE', readonly string[]][] = [
  [
    'USER_DENIED',
    'TAP_AGAIN',
    [
      'user deny',
      'user denied',
      'user cancel',
      'user canceled',
      'user cancelled',
      'user reject',
      'cancel',
      'canceled',
      'cancelled',
      'cancel to confirm login',
      'auth deny',
      'auth denied',
      'auth cancel',
      'user denied permission',
      '用户拒绝授权',
      '用户拒绝授予权限',
      '用户取消',
    ],
  ],
  [
    'NO_PERMISSION',
    'NONE',
    [
      'no permission',
      'no permissions',
      'jsapi has no permission',
      'jsapi has no permission, event_id=1',
      'does not have permission',
      'permission denied',
      'access denied',
      '该 appid 没有权限',
      '该appid没有权限',
      '该小程序没有该权限',
      '该 appid 无权限',
      '暂无使用权限',
    ],
  ],
  [
    'PRIVACY_NOT_ACCEPTED',
    'TAP_AGAIN',
    ['privacy permission is not authorized', 'privacy permission is not authorized in gap'],
  ],
  ['SCOPE_NOT_DECLARED', 'NONE', ['api scope is not declared', 'api scope is not declared in the privacy agreement']],
  ['QUOTA_USED_UP', 'NONE', ['quota used up', '该功能使用次数已达当前小程序上限，暂时无法使用', '额度不足']],
  ['NO_DATA', 'NONE', ['', 'something new']],
];
const PREFIXES = ['getPhoneNumber:', 'getRealtimePhoneNumber:', ''];
const SEPARATORS = [' ', ':', ': ', '：', '_'];

const refused = (code: RefusalCode, message: string, remedy: string) => ({
  __typename: 'TapRefused',
  code,
  message,
  remedy,
  retryAfterSeconds: null,
});

describe.each(WORDINGS)('%s, remedy %s', (code, remedy, wordings) => {
  test.each(wordings)('"%s" with every prefix and separator, in capitals too', async (wording) => {
    for (const prefix of PREFIXES) {
      for (const separator of SEPARATORS) {
        const errMsg = `${prefix}fail${wording && separator}${wording}`;
        expect(await client.getPhoneNumber({ errMsg })).toEqual(refused(code, errMsg, remedy));
        const loud = errMsg.toUpperCase();
        expect(await client.getPhoneNumber({ errMsg: loud })).toEqual(refused(code, loud, remedy));
      }
    }
  });
});

test.each<[number, RefusalCode, string]>([
  [104, 'PRIVACY_NOT_ACCEPTED', 'TAP_AGAIN'],
  [112, 'SCOPE_NOT_DECLARED', 'NONE'],
  [1400001, 'QUOTA_USED_UP', 'NONE'],
  [7, 'NO_DATA', 'NONE'],
])('errno %d is %s, remedy %s, whatever the wording; also as text', async (errno, code, remedy) => {
  for (const number of [errno, String(errno) as unknown as number]) {
    const detail = { errMsg: 'getPhoneNumber:fail', errno: number };
    expect(await client.getPhoneNumber({ detail })).toMatchObject({ code, remedy });
    expect(await client.getPhoneNumber({ errno: number })).toMatchObject({ code, remedy });
  }
});

test('errno says more than the wording', async () => {
  const detail = { errMsg: 'getPhoneNumber:fail user deny', errno: 104 };
  expect(await client.getPhoneNumber({ detail })).toMatchObject({ code: 'PRIVACY_NOT_ACCEPTED' });
});

test('an event that Weixin calls a success, without anything in it, is no reason for another tap', async () => {
  const detail = { errMsg: 'getPhoneNumber:ok' };
  expect(await client.getPhoneNumber({ detail })).toEqual(refused('NO_DATA', 'getPhoneNumber:ok', 'NONE'));
});

test('of an endless wording the beginning is told', async () => {
  const errMsg = `getPhoneNumber:fail user deny${'!'.repeat(1_000_000)}`;
  const answer = await client.getPhoneNumber({ errMsg });
  expect(answer).toEqual(refused('USER_DENIED', errMsg.slice(0, 300), 'TAP_AGAIN'));
});

describe('an event that is none', () => {
  const throwing = new Proxy(
    {},
    {
      get: () => {
        throw new Error('a getter');
      },
    },
  );
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();
  const circular: { detail?: unknown } = {};
  circular.detail = circular;

  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a number', 42],
    ['NaN', NaN],
    ['a bigint', 1n],
    ['true', true],
    ['a text', 'getPhoneNumber:ok'],
    ['a symbol', Symbol('event')],
    ['a function', () => undefined],
    ['an array', []],
    ['an empty object', {}],
    ['a detail of undefined', { detail: undefined }],
    ['a detail of null', { detail: null }],
    ['an empty detail', { detail: {} }],
    ['a detail that is a text', { detail: 'ok' }],
    [
      'members that are no text',
      { detail: { code: 5, encryptedData: {}, iv: [], cloudID: true, errMsg: null, errno: {} } },
    ],
    ['members that are empty', { detail: { code: '', encryptedData: '', iv: '', cloudID: '', errMsg: '', errno: 0 } }],
    ['data without its iv', { detail: { encryptedData: 'AAAA' } }],
    ['getters that throw', throwing],
    ['a detail whose getters throw', { detail: throwing }],
    ['a revoked proxy', revoked],
    ['its own detail', circular],
    ['no prototype', Object.create(null)],
  ])('%s: NO_DATA, another tap, and no rejection', async (_, event) => {
    expect(await client.getPhoneNumber(event as TapEvent)).toEqual(
      refused('NO_DATA', 'No event of a button with open-type="getPhoneNumber".', 'TAP_AGAIN'),
    );
  });
});
