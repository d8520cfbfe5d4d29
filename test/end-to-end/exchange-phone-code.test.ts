import type { GatewayClient } from '../harness/gateway-client.js';
import { GET_USER_PHONE_NUMBER, STABLE_TOKEN } from '../../src/simulator/weixin-routes.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

let running: RunningGateway;
let alice: GatewayClient;
const tap = (document = {}) => running.simulator.world.tap(running.app.appId, 'alice', document);
const upstreamCalls = () => running.simulator.faults.calls(GET_USER_PHONE_NUMBER);
const NUMBER = { __typename: 'PhoneNumber', e164: '+8613580006666' };
const INVALID = { __typename: 'InvalidCodeError', code: 'CODE_INVALID', remedy: 'TAP_AGAIN' };
const USED = { __typename: 'InvalidCodeError', code: 'CODE_ALREADY_USED', remedy: 'TAP_AGAIN' };
const mine = { purePhoneNumber: '13580006666' };

async function restart(env: Record<string, string>): Promise<void> {
  await running.gateway.stop();
  running = await runGateway(env);
  alice = await running.loggedIn('alice');
}

beforeEach(async () => {
  running = await runGateway();
  alice = await running.loggedIn('alice');
});
afterEach(() => running.gateway.stop());

test('the code of a tap gives the number, with one call for it and one for the access token', async () => {
  expect(await alice.exchangePhoneCode(tap(mine).code)).toEqual({
    ...NUMBER,
    phoneNumber: '13580006666',
    purePhoneNumber: '13580006666',
    countryCode: '86',
    watermark: { appId: running.app.appId, timestamp: Math.floor(running.clock.now() / 1000) },
  });
  expect([upstreamCalls(), running.simulator.faults.calls(STABLE_TOKEN)]).toEqual([1, 1]);
});

describe('a code reaches Weixin once', () => {
  test('copies at the same time share the answer', async () => {
    const { code } = tap(mine);
    running.simulator.faults.add(GET_USER_PHONE_NUMBER, [{ delayMs: 50 }]);
    const answers = await Promise.all(Array.from({ length: 5 }, () => alice.exchangePhoneCode(code)));
    for (const answer of answers) expect(answer).toMatchObject(NUMBER);
    expect(upstreamCalls()).toBe(1);
  });

  test('the same user gets the number again within a minute, also in another session, and later not', async () => {
    const { code } = tap(mine);
    await alice.exchangePhoneCode(code);
    running.clock.advanceSeconds(59);
    expect(await (await running.loggedIn('alice')).exchangePhoneCode(code)).toMatchObject(NUMBER);
    running.clock.advanceSeconds(1);
    expect(await alice.exchangePhoneCode(code)).toMatchObject(USED);
    expect(upstreamCalls()).toBe(1);
  });

  test('another user with the same code gets nothing afterwards', async () => {
    const { code } = tap(mine);
    await alice.exchangePhoneCode(code);
    expect(await (await running.loggedIn('mallory')).exchangePhoneCode(code)).toMatchObject(USED);
    expect(upstreamCalls()).toBe(1);
  });

  test('another user with the same code gets nothing at the same time', async () => {
    const { code } = tap(mine);
    const mallory = await running.loggedIn('mallory');
    running.simulator.faults.add(GET_USER_PHONE_NUMBER, [{ delayMs: 50 }]);
    const [hers, stolen] = await Promise.all([alice.exchangePhoneCode(code), mallory.exchangePhoneCode(code)]);
    expect(hers).toMatchObject(NUMBER);
    expect(stolen).toMatchObject(USED);
    expect(upstreamCalls()).toBe(1);
  });

  test('another user who is first gets nothing, and does not spoil the code for the one who tapped', async () => {
    const { code } = tap(mine);
    expect(await (await running.loggedIn('mallory')).exchangePhoneCode(code)).toMatchObject(INVALID);
    expect(await alice.exchangePhoneCode(code)).toMatchObject(NUMBER);
  });

  test('a lost answer may have spent it: unavailable, and then used', async () => {
    await restart({ WEIXIN_TIMEOUT_MS: '300' });
    const { code } = tap(mine);
    running.simulator.faults.add(GET_USER_PHONE_NUMBER, [{ close: true }]);
    expect(await alice.exchangePhoneCode(code)).toMatchObject({ code: 'SERVICE_UNAVAILABLE', remedy: 'RETRY_LATER' });
    expect(await alice.exchangePhoneCode(code)).toMatchObject(USED);
    expect(upstreamCalls()).toBe(1);
  });
});

test.each([
  { what: 'unknown', code: () => 'f'.repeat(64) },
  { what: 'malformed', code: () => 'two words' },
  { what: 'of wx.login', code: () => running.simulator.world.login(running.app.appId, 'alice') },
])('a code that is $what is invalid: have the user tap again', async ({ code }) => {
  expect(await alice.exchangePhoneCode(code())).toMatchObject(INVALID);
});

test('an expired code is invalid', async () => {
  const { code } = tap(mine);
  running.clock.advanceSeconds(300);
  expect(await alice.exchangePhoneCode(code)).toMatchObject(INVALID);
});

test.each([
  { errcode: 40029, code: 'CODE_INVALID', member: 'InvalidCodeError' },
  { errcode: 40003, code: 'CODE_INVALID', member: 'InvalidCodeError' },
  { errcode: 40163, code: 'CODE_ALREADY_USED', member: 'InvalidCodeError' },
  { errcode: 45011, code: 'RATE_LIMITED', member: 'RateLimitedError' },
  { errcode: 45009, code: 'RATE_LIMITED', member: 'RateLimitedError' },
])('errcode $errcode ends as $member $code', async ({ errcode, code, member }) => {
  running.simulator.faults.add(GET_USER_PHONE_NUMBER, [{ errcode }]);
  expect(await alice.exchangePhoneCode(tap().code)).toMatchObject({ __typename: member, code });
});

test.each([
  { what: 'another app', watermark: { appid: 'wx4f4bc4dec97d474b' }, code: 'APP_ID_MISMATCH' },
  { what: 'an old tap', watermark: { timestamp: 1477314187 }, code: 'TOO_OLD' },
  { what: 'a tap to come', watermark: { timestamp: 4102444800 }, code: 'IN_THE_FUTURE' },
])('the watermark is checked as for decryptPhone: $what is $code', async ({ watermark, code }) => {
  expect(await alice.exchangePhoneCode(tap({ watermark }).code)).toMatchObject({
    __typename: 'InvalidWatermarkError',
    code,
  });
});

test.each([
  { countryCode: '852', phoneNumber: '+85261234567', purePhoneNumber: '61234567', e164: '+85261234567' },
  { countryCode: 86, phoneNumber: '13580006666', purePhoneNumber: '13580006666', e164: '+8613580006666' },
])('country code $countryCode, as text or as a number, gives $e164', async ({ e164, ...document }) => {
  expect(await alice.exchangePhoneCode(tap(document).code)).toMatchObject({ e164 });
});

test('an answer that contradicts itself is no number', async () => {
  const { code } = tap({ phoneNumber: '13580006667', purePhoneNumber: '13580006666' });
  expect(await alice.exchangePhoneCode(code)).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
});

test('PHONE_CODE_BINDING=none lets anybody bring the code, and tells Weixin no openid', async () => {
  await restart({ PHONE_CODE_BINDING: 'none' });
  expect(await (await running.loggedIn('bob')).exchangePhoneCode(tap(mine).code)).toMatchObject(NUMBER);
});

test('without a session there is no exchange', async () => {
  expect(await running.client().exchangePhoneCode(tap().code)).toMatchObject({ code: 'NOT_LOGGED_IN' });
  expect(upstreamCalls()).toBe(0);
});
