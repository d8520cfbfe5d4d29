import { encryptOpenData } from '../../src/simulator/open-data.js';
import { GRAMMAR_WATCH_USERS } from '../../src/phones/grammar-watch.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';
import { until } from '../harness/until.js';

let running: RunningGateway;
beforeEach(async () => {
  running = await runGateway({ METRICS_PORT: '0' });
});
afterEach(() => running.gateway.stop());

const warnings = () => running.logLines.filter((line) => line.includes('changed its format'));

test('when the documents of many genuine users get a new member, the log says so once, and no metric shows it', async () => {
  const { world } = running.simulator;
  const { appId } = running.app;
  const metrics = async () => (await fetch(`${running.gateway.metricsUrl ?? ''}/metrics`)).text();
  const names = async () => (await metrics()).match(/^# HELP gateway_\S+/gm);
  const before = await names();
  for (let i = 0; i < GRAMMAR_WATCH_USERS; i += 1) {
    const alice = await running.loggedIn(`user-${i}`);
    const tapped = encryptOpenData(world.sessionKey(appId, `user-${i}`), {
      phoneNumber: '13580006666',
      purePhoneNumber: '13580006666',
      countryCode: '86',
      region: 'GD',
      watermark: { timestamp: Math.floor(running.clock.now() / 1000), appid: appId },
    });
    expect(await alice.decryptPhone(tapped)).toMatchObject({ code: 'KEY_MISMATCH' });
    expect(warnings()).toEqual([]);
  }
  await until(warnings, (lines) => lines.length === 1);
  expect(await names()).toEqual(before);
});
