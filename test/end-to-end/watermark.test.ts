import type { PhoneDocumentOverrides } from '../../src/simulator/phone-document.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

let running: RunningGateway;
const decrypt = async (document: PhoneDocumentOverrides) => {
  const client = await running.loggedIn('alice');
  return client.decryptPhone(running.simulator.world.tap(running.app.appId, 'alice', document));
};
const now = () => Math.floor(running.clock.now() / 1000);

beforeEach(async () => {
  running = await runGateway();
});
afterEach(() => running.gateway.stop());

test.each([
  { what: 'another app', watermark: () => ({ appid: 'wx4f4bc4dec97d474b' }), code: 'APP_ID_MISMATCH', remedy: 'NONE' },
  { what: 'a second too old', watermark: () => ({ timestamp: now() - 301 }), code: 'TOO_OLD', remedy: 'TAP_AGAIN' },
  { what: 'too far ahead', watermark: () => ({ timestamp: now() + 61 }), code: 'IN_THE_FUTURE', remedy: 'NONE' },
])('a genuine document of $what is a bad watermark: $code', async ({ watermark, code, remedy }) => {
  expect(await decrypt({ watermark: watermark() })).toEqual({
    __typename: 'InvalidWatermarkError',
    code,
    remedy,
    message: expect.any(String) as string,
    retryAfterSeconds: null,
  });
});

test.each([
  { what: 'as old as the gateway accepts', offset: -300 },
  { what: 'as far ahead as clock skew explains', offset: 60 },
])('a document $what is accepted', async ({ offset }) => {
  expect(await decrypt({ watermark: { timestamp: now() + offset } })).toMatchObject({ __typename: 'PhoneNumber' });
});

test.each([
  { countryCode: '86', purePhoneNumber: '13580006666', phoneNumber: '13580006666', e164: '+8613580006666' },
  { countryCode: 86, purePhoneNumber: '13580006666', phoneNumber: '13580006666', e164: '+8613580006666' },
  { countryCode: '852', purePhoneNumber: '61234567', phoneNumber: '+85261234567', e164: '+85261234567' },
  { countryCode: 852, purePhoneNumber: '61234567', phoneNumber: '85261234567', e164: '+85261234567' },
  { countryCode: '1', purePhoneNumber: '2025550123', phoneNumber: '2025550123', e164: '+12025550123' },
])('$phoneNumber with country code $countryCode is $e164', async ({ e164, ...document }) => {
  expect(await decrypt(document)).toMatchObject({
    phoneNumber: document.phoneNumber,
    purePhoneNumber: document.purePhoneNumber,
    countryCode: String(document.countryCode),
    e164,
  });
});

test.each([
  {
    what: 'numbers that contradict each other',
    document: { phoneNumber: '13580006667', purePhoneNumber: '13580006666' },
  },
  { what: 'letters in a number', document: { purePhoneNumber: '1358000666x' } },
  { what: 'more digits than E.164 has', document: { purePhoneNumber: '13580006666123' } },
  { what: 'an appid of another form', document: { watermark: { appid: 'wx4F4BC4DEC97D474B' } } },
])('a document with $what is no phone document', async ({ document }) => {
  expect(await decrypt(document)).toMatchObject({ __typename: 'InvalidSessionError', code: 'KEY_MISMATCH' });
});

test('a document that opened is no failure, whatever its watermark: the budget is not touched', async () => {
  const client = await running.loggedIn('alice');
  const { world } = running.simulator;
  for (let i = 0; i < 25; i += 1) {
    const old = world.tap(running.app.appId, 'alice', { watermark: { timestamp: now() - 400 } });
    expect(await client.decryptPhone(old)).toMatchObject({ code: 'TOO_OLD' });
  }
});
