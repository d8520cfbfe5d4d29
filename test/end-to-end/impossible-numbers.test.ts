import type { GatewayClient } from '../harness/gateway-client.js';
import { GRAMMAR_WATCH_USERS } from '../../src/phones/grammar-watch.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

let running: RunningGateway;
let alice: GatewayClient;
beforeAll(async () => {
  running = await runGateway();
});
beforeEach(async () => {
  alice = await running.loggedIn('alice');
});
afterAll(() => running.gateway.stop());

const tap = (document: object, user = 'alice') => running.simulator.world.tap(running.app.appId, user, document);
const ways = {
  decryptPhone: (document: object) => alice.decryptPhone(tap(document)),
  exchangePhoneCode: (document: object) => alice.exchangePhoneCode(tap(document).code),
  resolveCloudPhone: (document: object) => alice.resolveCloudPhone(tap(document).cloudID),
};
/** What each way answers to a document that Weixin would not issue. */
const refusals = {
  decryptPhone: { __typename: 'InvalidSessionError', code: 'KEY_MISMATCH', remedy: 'LOGIN_AND_RESEND' },
  exchangePhoneCode: { __typename: 'InvalidCodeError', code: 'CODE_INVALID', remedy: 'TAP_AGAIN' },
  resolveCloudPhone: { __typename: 'InvalidCodeError', code: 'CODE_INVALID', remedy: 'TAP_AGAIN' },
};

describe.each(Object.keys(ways) as (keyof typeof ways)[])('%s', (way) => {
  test.each([
    { purePhoneNumber: '13580006666', countryCode: '852' },
    { purePhoneNumber: '13580006666', countryCode: 853 },
    { purePhoneNumber: '13580006666', countryCode: '1' },
    { purePhoneNumber: '61234567', countryCode: '86' },
    { purePhoneNumber: '12345678', countryCode: '999' },
  ])('refuses a number that cannot be: $purePhoneNumber of +$countryCode', async (document) => {
    expect(await ways[way](document)).toMatchObject(refusals[way]);
  });

  test.each([
    { purePhoneNumber: '13580006666', countryCode: '+86', e164: '+8613580006666' },
    { purePhoneNumber: '0912345678', countryCode: '886', e164: '+886912345678' },
    { purePhoneNumber: '912345678', phoneNumber: '+886912345678', countryCode: 886, e164: '+886912345678' },
    { purePhoneNumber: '8613580006666', phoneNumber: '+8613580006666', countryCode: '86', e164: '+8613580006666' },
    { purePhoneNumber: '07400123456', phoneNumber: '+447400123456', countryCode: '44', e164: '+447400123456' },
  ])('reads $purePhoneNumber of $countryCode as $e164', async ({ e164, ...document }) => {
    const countryCode = String(document.countryCode).replace('+', '');
    expect(await ways[way](document)).toMatchObject({ __typename: 'PhoneNumber', e164, countryCode });
  });
});

test('a code whose number cannot be gets the same answer again, and reaches Weixin once', async () => {
  const path = '/wxa/business/getuserphonenumber';
  const { code } = tap({ purePhoneNumber: '13580006666', countryCode: '852' });
  const first = await alice.exchangePhoneCode(code);
  const calls = running.simulator.faults.calls(path);
  expect(await alice.exchangePhoneCode(code)).toEqual(first);
  expect(running.simulator.faults.calls(path)).toBe(calls);
});

test('the operator is warned once many users bring numbers that cannot be, by whichever way', async () => {
  const warnings = () => running.logLines.filter((line) => line.includes('changed its format'));
  const names = Object.keys(ways) as (keyof typeof ways)[];
  for (let i = 0; i < GRAMMAR_WATCH_USERS; i += 1) {
    const user = await running.loggedIn(`user-${i}`);
    const tapped = tap({ purePhoneNumber: '13580006666', countryCode: '852' }, `user-${i}`);
    const way = names[i % names.length] ?? 'decryptPhone';
    if (way === 'decryptPhone') await user.decryptPhone(tapped);
    else if (way === 'exchangePhoneCode') await user.exchangePhoneCode(tapped.code);
    else await user.resolveCloudPhone(tapped.cloudID);
  }
  expect(warnings()).toHaveLength(1);
});
