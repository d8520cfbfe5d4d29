import type { GatewayClient } from '../harness/gateway-client.js';
import { GET_OPEN_DATA } from '../../src/simulator/weixin-routes.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

let running: RunningGateway;
let alice: GatewayClient;
const tap = (document = {}) => running.simulator.world.tap(running.app.appId, 'alice', document);
const INVALID = { __typename: 'InvalidCodeError', code: 'CODE_INVALID', remedy: 'TAP_AGAIN' };

beforeEach(async () => {
  running = await runGateway();
  alice = await running.loggedIn('alice');
});
afterEach(() => running.gateway.stop());

test('the cloudID of a tap gives the number', async () => {
  const { cloudID } = tap({ purePhoneNumber: '13580006666' });
  expect(await alice.resolveCloudPhone(cloudID)).toMatchObject({ __typename: 'PhoneNumber', e164: '+8613580006666' });
});

test.each(['text', 'an object'])('Weixin may write its json as %s', async (form) => {
  const data = {
    phoneNumber: '+85261234567',
    purePhoneNumber: '61234567',
    countryCode: 852,
    watermark: { timestamp: Math.floor(running.clock.now() / 1000), appid: running.app.appId },
  };
  const json = { cloudID: 'c', data };
  const item = { cloud_id: 'c', json: form === 'text' ? JSON.stringify(json) : json };
  running.simulator.faults.add(GET_OPEN_DATA, [{ body: JSON.stringify({ errcode: 0, data_list: [item] }) }]);
  expect(await alice.resolveCloudPhone('c')).toMatchObject({ __typename: 'PhoneNumber', e164: '+85261234567' });
});

test.each([
  { what: 'expired (-601006)', cloudId: () => tap().cloudID, wait: 300 },
  { what: 'unknown (40097)', cloudId: () => '29_unknown', wait: 0 },
  { what: 'malformed', cloudId: () => '', wait: 0 },
])('a cloudID that is $what is invalid: have the user tap again', async ({ cloudId, wait }) => {
  const id = cloudId();
  running.clock.advanceSeconds(wait);
  expect(await alice.resolveCloudPhone(id)).toMatchObject(INVALID);
});

test.each([
  { answer: { errcode: 45009 }, member: 'RateLimitedError' },
  { answer: { errcode: -1 }, member: 'ServiceUnavailableError' },
  { answer: { status: 503 }, member: 'ServiceUnavailableError' },
  { answer: { body: '{"errcode":0,"data_list":[]}' }, member: 'InvalidCodeError' },
  { answer: { body: '{"errcode":0,"data_list":[{"json":"{\\"errCode\\":-601007}"}]}' }, member: 'InvalidCodeError' },
  { answer: { body: '{"errcode":0,"data_list":[{"json":"{"}]}' }, member: 'ServiceUnavailableError' },
])('$answer ends as $member', async ({ answer, member }) => {
  running.simulator.faults.add(GET_OPEN_DATA, [answer, answer]);
  expect(await alice.resolveCloudPhone(tap().cloudID)).toMatchObject({ __typename: member });
});

test('the watermark is checked as for decryptPhone', async () => {
  const { cloudID } = tap({ watermark: { appid: 'wx4f4bc4dec97d474b' } });
  expect(await alice.resolveCloudPhone(cloudID)).toMatchObject({ code: 'APP_ID_MISMATCH', remedy: 'NONE' });
});

test('another user’s cloudID gives nothing: Weixin holds it against the openid of the session', async () => {
  const mallory = await running.loggedIn('mallory');
  expect(await mallory.resolveCloudPhone(tap().cloudID)).toMatchObject(INVALID);
});

test('without a session nothing is resolved', async () => {
  expect(await running.client().resolveCloudPhone(tap().cloudID)).toMatchObject({ code: 'NOT_LOGGED_IN' });
});
