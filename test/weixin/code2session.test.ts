import { Simulator } from '../../src/simulator/simulator.js';
import { CODE_2_SESSION } from '../../src/simulator/weixin-routes.js';
import type { Code2SessionRefusal } from '../../src/weixin/weixin-api.js';
import { ManualClock } from '../harness/manual-clock.js';
import { APP_ID } from '../harness/people.js';
import { app, weixinClient } from '../harness/weixin-client.js';

let simulator: Simulator;
let client: ReturnType<typeof weixinClient>;
beforeEach(async () => {
  simulator = new Simulator({ apps: [app], clock: new ManualClock(), keyPeriod: 0 });
  client = weixinClient(await simulator.listen(0));
});
afterEach(async () => {
  await client.close();
  await simulator.close();
});

const calls = () => simulator.faults.calls(CODE_2_SESSION);
const exchange = (code = simulator.world.login(APP_ID, 'alice')) => client.exchange(code);
const script = (...faults: Parameters<typeof simulator.faults.add>[1]) => simulator.faults.add(CODE_2_SESSION, faults);

test('a code becomes the user and the session key that Weixin holds', async () => {
  const exchanged = await exchange();
  expect(exchanged).toMatchObject({
    ok: true,
    value: { openId: expect.stringMatching(/^o/) as string, unionId: expect.stringMatching(/^u/) as string },
  });
  expect(exchanged.ok && exchanged.value.sessionKey.revealText()).toBe(simulator.world.sessionKey(APP_ID, 'alice'));
  expect(client.logLines).toEqual([]);
});

const unavailable = { code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 2 } as const;
const refusals: [errcode: number, meaning: string, refusal: Code2SessionRefusal][] = [
  [40029, 'invalid code', { failure: { code: 'CODE_INVALID', origin: 'WX_LOGIN' }, codeSpent: 'yes' }],
  [40163, 'code been used', { failure: { code: 'CODE_ALREADY_USED', origin: 'WX_LOGIN' }, codeSpent: 'yes' }],
  [40226, 'high-risk user', { failure: { code: 'USER_BLOCKED' }, codeSpent: 'yes' }],
  [45011, 'minute quota', { failure: { code: 'RATE_LIMITED', retryAfterSeconds: 60 }, codeSpent: 'no' }],
  [45009, 'daily quota', { failure: { code: 'RATE_LIMITED', retryAfterSeconds: 3600 }, codeSpent: 'no' }],
];

test.each(refusals)('%i, %s, is one call and a typed refusal', async (errcode, _, refusal) => {
  script({ errcode });
  expect(await exchange()).toEqual({ ok: false, failure: refusal });
  expect(calls()).toBe(1);
});

test.each([
  [40013, 'our appid'],
  [40125, 'our secret'],
  [40243, 'our secret is frozen'],
  [40164, 'our address is not on the allow list'],
  [41002, 'appid missing'],
  [41004, 'secret missing'],
  [41008, 'code missing'],
  [50002, 'the account is limited'],
  [99999, 'an errcode that nobody knows'],
  [-2, 'another one'],
])('%i, %s, is thrown for the operator, and not repeated', async (errcode) => {
  script({ errcode });
  await expect(exchange()).rejects.toMatchObject({
    name: 'WeixinRefusesUs',
    endpoint: CODE_2_SESSION,
    appId: APP_ID,
    errcode,
  });
  expect(calls()).toBe(1);
});

describe('-1, Weixin is busy', () => {
  test('is repeated once, and the second answer counts', async () => {
    script({ errcode: -1 });
    expect(await exchange()).toMatchObject({ ok: true });
    expect(calls()).toBe(2);
  });

  test('twice is SERVICE_UNAVAILABLE after two calls, and the code may be sent again', async () => {
    script({ errcode: -1 }, { errcode: -1 }, { errcode: -1 });
    expect(await exchange()).toEqual({ ok: false, failure: { failure: unavailable, codeSpent: 'no' } });
    expect(calls()).toBe(2);
  });

  test('once, then a refusal, is that refusal', async () => {
    script({ errcode: -1 }, { errcode: 40163 });
    expect(await exchange()).toMatchObject({ failure: { failure: { code: 'CODE_ALREADY_USED' }, codeSpent: 'yes' } });
    expect(calls()).toBe(2);
  });

  test.each([
    ['nothing usable', { body: 'garbage' }],
    ['a closed connection', { close: true as const }],
  ])('once, then %s, leaves it unknown whether the code was used', async (_, fault) => {
    script({ errcode: -1 }, fault);
    expect(await exchange()).toEqual({ ok: false, failure: { failure: unavailable, codeSpent: 'unknown' } });
    expect(calls()).toBe(2);
  });
});
