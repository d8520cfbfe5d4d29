import { createDemoApp } from '../../src/simulator/demo-app.js';
import { GET_OPEN_DATA, STABLE_TOKEN } from '../../src/simulator/weixin-routes.js';
import type { GatewayClient } from '../harness/gateway-client.js';
import { type RunningGateway, runGatewayOfApps } from '../harness/running-gateway.js';
import { type TemporaryFile, temporaryFile } from '../harness/temporary-file.js';

const app = createDemoApp();
const NUMBER = { __typename: 'PhoneNumber' };

let running: RunningGateway;
let alice: GatewayClient;
let file: TemporaryFile;
const tap = () => running.simulator.world.tap(app.appId, 'alice');
/** What Cloud Run's platform does every ten minutes. */
const rewrite = () => file.write(running.simulator.world.cloudRun.issue(app.appId));

beforeEach(async () => {
  file = temporaryFile('cloudbase_access_token', 'not yet');
  running = await runGatewayOfApps([app], { WEIXIN_CLOUD_TOKEN_FILE: file.path });
  rewrite();
  alice = await running.loggedIn('alice');
});
afterEach(async () => {
  await running.gateway.stop();
  file.remove();
});

test('numbers come with the token of the file in place of an access token; logins keep appid and secret', async () => {
  expect(await alice.resolveCloudPhone(tap().cloudID)).toMatchObject(NUMBER);
  expect(await alice.exchangePhoneCode(tap().code)).toMatchObject(NUMBER);
  expect(await alice.checkSession()).toMatchObject({ keyIsCurrent: true });
  expect(running.simulator.faults.calls(STABLE_TOKEN)).toBe(0);
});

test('the file is read anew for each call: a token that ends is replaced by the one written meanwhile', async () => {
  for (let i = 0; i < 6; i += 1) {
    running.clock.advanceSeconds(600);
    rewrite();
    expect(await alice.resolveCloudPhone(tap().cloudID)).toMatchObject(NUMBER);
  }
  expect(running.simulator.faults.calls(GET_OPEN_DATA)).toBe(6);
});

test('a rejected token is the operator’s matter, as long as the file has no other', async () => {
  running.clock.advanceSeconds(1_800);
  const { cloudID } = tap();
  await expect(alice.resolveCloudPhone(cloudID)).rejects.toThrow('INTERNAL_SERVER_ERROR');
  expect(running.simulator.faults.calls(GET_OPEN_DATA)).toBe(1);
  rewrite();
  expect(await alice.resolveCloudPhone(cloudID)).toMatchObject(NUMBER);
});

test.each<[string, () => void]>([
  ['is gone', () => file.remove()],
  ['is empty', () => file.write('')],
  ['holds something else', () => file.write('two words')],
])('a file that %s is the operator’s matter, and no code is spent', async (_, spoil) => {
  spoil();
  const { code } = tap();
  await expect(alice.exchangePhoneCode(code)).rejects.toThrow('INTERNAL_SERVER_ERROR');
  const line = running.logLines.find((text) => text.includes('"level":50')) ?? '{}';
  expect(JSON.parse(line)).toMatchObject({ endpoint: 'WEIXIN_CLOUD_TOKEN_FILE', appId: app.appId });
  expect(line).not.toContain('two words');
});
