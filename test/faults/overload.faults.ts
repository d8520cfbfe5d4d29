import { DecryptPhoneDocument } from '../../src/client/generated/graphql.js';
import { systemClock } from '../../src/domain/clock.js';
import { createDemoApp } from '../../src/simulator/demo-app.js';
import { Simulator } from '../../src/simulator/simulator.js';
import { GatewayClient } from '../harness/gateway-client.js';
import { GatewayProcess } from '../harness/gateway-process.js';
import { Probes } from '../harness/probes.js';
import { report } from '../harness/report.js';
import { type Answer, type Measured, SteadyLoad } from '../harness/steady-load.js';

jest.setTimeout(120_000);

const USERS = 50;
/** Small, so that a few hundred clients are an overload. */
const DELAY_MS = 20;
const MODERATE_CLIENTS = 24;
/** Clients, in what the gateway can answer within DELAY_MS. */
const OVERLOAD = 8;
const MAX_CLIENTS = 3_000;

/** Of the best work, in percent. The aim is 90, and 84 was seen on a quiet machine; what else runs on the cores costs the rest. */
const WORK_AT_LEAST = 50;
/** Milliseconds. The aim is a few times DELAY_MS; the clients, in one process, wait for each other as well. */
const P99_AT_MOST = 1_000;
const HEALTH_AT_MOST = 1_000;

let gateway: GatewayProcess;
let simulator: Simulator;
let url: string;
let metricsUrl: string;
let bodies: { token: string; body: string }[];

beforeAll(async () => {
  const app = createDemoApp();
  simulator = new Simulator({ apps: [app], clock: systemClock, keyPeriod: 600_000 });
  gateway = new GatewayProcess({
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: '0',
    METRICS_PORT: '0',
    DRAIN_SECONDS: '0',
    WEIXIN_API_URL: await simulator.listen(0),
    WEIXIN_APPS: `${app.appId}:${app.secret.reveal()}`,
    OVERLOAD_DELAY_MS: String(DELAY_MS),
    DECRYPT_LIMIT_PER_USER: '10000000',
  });
  url = String((await gateway.line('listening'))['url']);
  metricsUrl = String((await gateway.line('metrics'))['url']);
  bodies = [];
  for (let i = 0; i < USERS; i += 1) {
    const { token = '' } = await new GatewayClient(url).loggedIn(simulator.world.login(app.appId, `user-${i}`));
    const { encryptedData, iv } = simulator.world.tap(app.appId, `user-${i}`);
    const variables = { input: { encryptedData, iv } };
    bodies.push({ token, body: JSON.stringify({ query: DecryptPhoneDocument.toString(), variables }) });
  }
});
afterAll(async () => {
  await gateway.kill();
  await simulator.close();
});

/** A whole answer, or a whole refusal: nothing else, and nothing in between. */
function judge({ status, headers, text }: Answer): 'good' | 'refused' {
  if (status === 200 && text.includes('"__typename":"PhoneNumber"')) return 'good';
  const isRefusal = status === 503 && headers['retry-after'] === '1' && headers['cache-control'] === 'no-store';
  if (isRefusal && text.includes('"code":"OVERLOADED"')) return 'refused';
  throw new Error(`${status} ${text}`);
}

/** Good answers in a second of the gateway's processor time: what else the machine does changes it least. */
async function measure(load: SteadyLoad, milliseconds: number): Promise<Measured & { readonly work: number }> {
  const before = gateway.cpuSeconds();
  const measured = await load.measure(milliseconds);
  return { ...measured, work: measured.good / (gateway.cpuSeconds() - before) };
}

async function counted(sample: RegExp): Promise<number> {
  const text = await (await fetch(`${metricsUrl}/metrics`)).text();
  return [...text.matchAll(sample)].reduce((sum, [, value]) => sum + Number(value), 0);
}

test(`with ${OVERLOAD} times as many clients as it can answer in time, the gateway works on, and refuses the rest`, async () => {
  const moderate = new SteadyLoad(url, MODERATE_CLIENTS, bodies, judge);
  // Until the hot code is compiled.
  await moderate.measure(4_000);
  const before = await measure(moderate, 4_000);
  await moderate.stop();

  const inTime = (before.good / before.elapsed) * (DELAY_MS / 1000);
  const clients = Math.min(MAX_CLIENTS, Math.max(OVERLOAD * MODERATE_CLIENTS, Math.round(OVERLOAD * inTime)));
  const overload = new SteadyLoad(url, clients, bodies, judge);
  // Until all of them are connected.
  await overload.measure(3_000);
  const probes = new Probes(['/healthz', '/readyz'].map((path) => url + path));
  const over = await measure(overload, 6_000);
  const slowestProbe = await probes.slowest();
  await overload.stop();

  // Again: what was measured first may have been slow for reasons of its own, and would make anything look good.
  const quiet = new SteadyLoad(url, MODERATE_CLIENTS, bodies, judge);
  await quiet.measure(500);
  const after = await measure(quiet, 3_000);
  await quiet.stop();
  const best = before.work > after.work ? before : after;

  const perSecond = (count: number) => Math.round(count / over.elapsed);
  report(`${MODERATE_CLIENTS} clients: good answers`, best.good / best.elapsed, { unit: 'a second' });
  report(`${clients} clients: good answers`, perSecond(over.good), { unit: 'a second' });
  report(`${clients} clients: refusals`, perSecond(over.refused), { unit: 'a second' });
  const share = (100 * over.work) / best.work;
  report('work done in the same processor time, of the best', share, { atLeast: WORK_AT_LEAST, unit: '%' });
  report('99 % of the good answers within', over.p99, { atMost: P99_AT_MOST });
  report('slowest probe', slowestProbe, { atMost: HEALTH_AT_MOST });
  expect(over.refused).toBeGreaterThan(0);
  expect(share).toBeGreaterThan(WORK_AT_LEAST);
  expect(over.p99).toBeLessThan(P99_AT_MOST);
  expect(slowestProbe).toBeLessThan(HEALTH_AT_MOST);

  // What was refused did not run, not even in part; and everything that ran was answered.
  const total = (kind: 'good' | 'refused') =>
    [moderate, overload, quiet].reduce((sum, load) => sum + load.total[kind], 0);
  const ran = /^gateway_operation_seconds_count\{operation="decryptPhone".*\} (\d+)$/gm;
  expect(await counted(ran)).toBe(total('good'));
  expect(await counted(/^gateway_requests_shed_total (\d+)$/gm)).toBe(total('refused'));
});
