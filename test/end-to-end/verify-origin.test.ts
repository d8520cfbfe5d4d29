import type { GatewayClient } from '../harness/gateway-client.js';
import { encryptOpenData } from '../../src/simulator/open-data.js';
import { CHECK_ENCRYPTED_DATA } from '../../src/simulator/weixin-routes.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

let running: RunningGateway;
let alice: GatewayClient;
const tap = () => running.simulator.world.tap(running.app.appId, 'alice');
const upstreamCalls = () => running.simulator.faults.calls(CHECK_ENCRYPTED_DATA);
const NUMBER = { __typename: 'PhoneNumber' };

/** A perfect document, made by someone who has the session key. */
function forged() {
  const key = running.simulator.world.sessionKey(running.app.appId, 'alice');
  return encryptOpenData(key, {
    phoneNumber: '13900000000',
    purePhoneNumber: '13900000000',
    countryCode: '86',
    watermark: { timestamp: Math.floor(running.clock.now() / 1000), appid: running.app.appId },
  });
}

async function restart(env: Record<string, string>): Promise<void> {
  running = await runGateway(env);
  alice = await running.loggedIn('alice');
}

afterEach(() => running.gateway.stop());

describe('VERIFY_ORIGIN=always', () => {
  beforeEach(() => restart({ VERIFY_ORIGIN: 'always', WEIXIN_TIMEOUT_MS: '500' }));

  test('Weixin is asked once for each number before it is handed out', async () => {
    expect(await alice.decryptPhone(tap())).toMatchObject(NUMBER);
    expect(upstreamCalls()).toBe(1);
  });

  test('a document forged by someone who has the session key is refused', async () => {
    expect(await alice.decryptPhone(forged())).toEqual({
      __typename: 'InvalidWatermarkError',
      code: 'NOT_ISSUED_BY_WEIXIN',
      remedy: 'TAP_AGAIN',
      message: expect.any(String) as string,
      retryAfterSeconds: null,
    });
  });

  test('so are genuine bytes under another iv: the grammar pins it before Weixin is asked', async () => {
    const { encryptedData } = tap();
    const { iv } = tap();
    expect(await alice.decryptPhone({ encryptedData, iv })).toMatchObject({ code: 'KEY_MISMATCH' });
    expect(upstreamCalls()).toBe(0);
  });

  test.each(['vaild', 'valid'])('Weixin’s answer may be spelt %s', async (word) => {
    const answer = (issued: boolean) => ({ body: JSON.stringify({ errcode: 0, [word]: issued, create_time: 1 }) });
    running.simulator.faults.add(CHECK_ENCRYPTED_DATA, [answer(true), answer(false)]);
    expect(await alice.decryptPhone(tap())).toMatchObject(NUMBER);
    expect(await alice.decryptPhone(tap())).toMatchObject({ code: 'NOT_ISSUED_BY_WEIXIN' });
  });

  test.each([
    { fault: { errcode: 1 }, code: 'NOT_ISSUED_BY_WEIXIN' },
    { fault: { errcode: -1 }, code: 'SERVICE_UNAVAILABLE' },
    { fault: { errcode: 45009 }, code: 'RATE_LIMITED' },
    { fault: { status: 500 }, code: 'SERVICE_UNAVAILABLE' },
    { fault: { body: '{"errcode":0}' }, code: 'SERVICE_UNAVAILABLE' },
    { fault: { body: '{"errcode":0,"vaild":"true"}' }, code: 'SERVICE_UNAVAILABLE' },
    { fault: { silence: true as const }, code: 'SERVICE_UNAVAILABLE' },
    { fault: { close: true as const }, code: 'SERVICE_UNAVAILABLE' },
  ])('$fault is never a number: $code', async ({ fault, code }) => {
    running.simulator.faults.add(CHECK_ENCRYPTED_DATA, [fault, fault]);
    expect(await alice.decryptPhone(tap())).toMatchObject({ code });
  });
});

test('without it the session key is all that a forger needs: this is what the setting is for', async () => {
  await restart({});
  expect(await alice.decryptPhone(forged())).toMatchObject(NUMBER);
  expect(upstreamCalls()).toBe(0);
});
