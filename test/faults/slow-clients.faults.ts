import { Client } from 'undici';
import { openFiles, residentBytes } from '../harness/process-usage.js';
import { ProductionGateway } from '../harness/production-gateway.js';
import { report } from '../harness/report.js';
import { type SlowClient, SlowClients } from '../harness/slow-clients.js';
import { until } from '../harness/until.js';

jest.setTimeout(150_000);

const HONEST_CLIENTS = 4;
const REQUESTS_EACH = 250;
const ROUNDS = 4;
/** An honest client's p99 may be this many times its quiet value. */
const TIMES_QUIET = 2;
/** Milliseconds: a quiet p99 below that is taken for that, since other processes on the machine alone move it as far. */
const QUIET_AT_LEAST = 4;
/** Milliseconds beyond a deadline until the last of thousands of connections is closed on a busy machine. */
const LATE = 8_000;
/** Bytes of the gateway's memory: for a connection, and for what honest clients have it collect later. */
const MEMORY_EACH = 64 * 1024;
const MEMORY_OTHERWISE = 128 * 1024 * 1024;
const MEBIBYTE = 1024 * 1024;

const HEAD = 'POST /graphql HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\n';
const body = (length: number) => `${HEAD}Content-Length: ${length}\r\n\r\n{`;
const ASKING = 'GET /healthz HTTP/1.1\r\nHost: gateway\r\n\r\n';

interface Attack extends SlowClient {
  readonly what: string;
  readonly count: number;
  /** Milliseconds after which the gateway closes these connections, the time between two of its looks included. */
  readonly closedAfter: number;
}

const attacks: readonly Attack[] = [
  { what: 'heads that do not end', count: 1_000, opens: HEAD, drips: 'X: y\r\n', closedAfter: 11_000 },
  { what: 'bodies that do not end', count: 1_000, opens: body(1_000), drips: ' ', closedAfter: 11_000 },
  { what: 'connections that send nothing', count: 5_000, closedAfter: 11_000 },
  { what: 'half a head, half-closed', count: 1_000, opens: HEAD, halfCloses: true, closedAfter: 1_000 },
  { what: 'half a body, half-closed', count: 1_000, opens: body(9), halfCloses: true, closedAfter: 1_000 },
  { what: 'connections idle after an answer', count: 5_000, opens: ASKING, closedAfter: 73_000 },
];

let gateway: ProductionGateway;
let token: string;

beforeAll(async () => {
  gateway = await ProductionGateway.start();
  token = (await gateway.loggedIn('alice')).token ?? '';
  await honestP99();
});
afterAll(() => gateway.stop());

/** Milliseconds: the p99 of honest clients that ask one thing after the other; the best of several rounds. */
async function honestP99(): Promise<number> {
  const clients = Array.from({ length: HONEST_CLIENTS }, () => new Client(gateway.url));
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const took = (await Promise.all(clients.map(askAgainAndAgain))).flat();
    rounds.push(took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.99)] ?? NaN);
  }
  await Promise.all(clients.map((client) => client.destroy()));
  return Math.min(...rounds);
}

async function askAgainAndAgain(client: Client): Promise<number[]> {
  const took: number[] = [];
  for (let i = 0; i < REQUESTS_EACH; i += 1) {
    const began = performance.now();
    const answer = await client.request({
      path: '/graphql',
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: '{"query":"{session{__typename}}"}',
    });
    expect(await answer.body.json()).toEqual({ data: { session: { __typename: 'Session' } } });
    took.push(performance.now() - began);
  }
  return took;
}

test.each(attacks)('$count x $what: honest clients hardly notice, and the gateway lets go in time', async (attack) => {
  const { pid } = gateway.process;
  const quietBefore = await honestP99();
  const before = { files: openFiles(pid), memory: residentBytes(pid) };
  const slow = await SlowClients.open(gateway.url, attack.count, attack);
  const began = performance.now();
  const files = openFiles(pid) - before.files;
  const letGo = until(
    () => openFiles(pid),
    (open) => open <= before.files + HONEST_CLIENTS,
    attack.closedAfter + LATE,
  ).then(
    () => performance.now() - began,
    () => Infinity,
  );
  const p99 = await honestP99();
  const memory = residentBytes(pid) - before.memory;
  const letGoAfter = await letGo;
  slow.end();
  // Other processes come and go on a shared machine: what they cost is in one of the two at least.
  const quiet = Math.max(quietBefore, await honestP99(), QUIET_AT_LEAST);

  const memoryBound = attack.count * MEMORY_EACH + MEMORY_OTHERWISE;
  report(`${attack.what}: honest p99 (quiet: ${quiet.toFixed(1)} ms)`, p99, { atMost: TIMES_QUIET * quiet });
  report(`${attack.what}: the last is let go of after`, letGoAfter, { atMost: attack.closedAfter + LATE });
  report(`${attack.what}: open files`, files, { atMost: attack.count + HONEST_CLIENTS, unit: '' });
  report(`${attack.what}: memory`, memory / MEBIBYTE, { atMost: memoryBound / MEBIBYTE, unit: 'MiB' });
  expect(p99).toBeLessThan(TIMES_QUIET * quiet);
  expect(letGoAfter).toBeLessThan(attack.closedAfter + LATE);
  expect(files).toBeLessThanOrEqual(attack.count + HONEST_CLIENTS);
  expect(memory).toBeLessThan(memoryBound);
});
