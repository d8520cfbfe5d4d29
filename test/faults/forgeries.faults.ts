import { Fleet } from '../harness/fleet.js';
import { expectTries, forge } from '../harness/forgeries.js';
import { describeWithRedis } from '../harness/redis-process.js';
import { report } from '../harness/report.js';

jest.setTimeout(120_000);

const LIMIT = 20;
const FORGERIES = 10_000;

describeWithRedis('over two gateways', () => {
  let fleet: Fleet;
  beforeAll(async () => {
    fleet = await Fleet.start({ env: { DECRYPT_FAILURE_LIMIT: String(LIMIT) } });
  });
  afterAll(() => fleet.stop());

  test(`of ${FORGERIES} forgeries in parallel ${LIMIT} are tried`, async () => {
    const { token } = await fleet.loggedIn('mallory');
    const began = performance.now();
    expectTries(await forge(fleet, token, FORGERIES), LIMIT, FORGERIES);
    report(`${FORGERIES} forgeries`, performance.now() - began, { atMost: 60_000 });
  });
});
