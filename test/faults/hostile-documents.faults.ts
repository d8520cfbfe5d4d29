import { Client } from 'undici';
import { documents } from '../attacks/hostile/documents.js';
import { introspection } from '../attacks/hostile/introspection.js';
import type { HostileRequest } from '../attacks/hostile/hostile-request.js';
import { requests } from '../attacks/hostile/requests.js';
import { selections } from '../attacks/hostile/selections.js';
import { GatewayProcess } from '../harness/gateway-process.js';
import { ProductionGateway } from '../harness/production-gateway.js';
import { report } from '../harness/report.js';

jest.setTimeout(120_000);

/** Milliseconds of the event loop that one request may take. */
const COST = 15;
/** The same where introspection is answered: a developer is alone there. */
const COST_OF_THE_SCHEMA = 100;
const WARM_UP = 10;
const TIMES = 15;
/** As often again where it seems too dear: on a busy machine even the least of a few may hold another process's turn. */
const TIMES_AT_MOST = 150;

let production: ProductionGateway;
let outsideProduction: GatewayProcess;
let clients: { readonly production: Client; readonly outside: Client };

beforeAll(async () => {
  production = await ProductionGateway.start();
  outsideProduction = new GatewayProcess({ PORT: '0', DRAIN_SECONDS: '0' });
  const { url } = await outsideProduction.line('listening');
  clients = { production: new Client(production.url), outside: new Client(String(url)) };
});
afterAll(async () => {
  await Promise.all([clients.production.destroy(), clients.outside.destroy()]);
  await Promise.all([production.stop(), outsideProduction.kill()]);
});

/** The request with a comment in its document that is new each time: a document that passed once is not checked again. */
function anew({ body, ...rest }: HostileRequest, i: number): HostileRequest {
  return { ...rest, body: typeof body === 'string' ? body.replace('{"query":"', `{"query":"#${i}\\n`) : body };
}

/**
 * Milliseconds from a request to the end of its answer, nothing else being under way: no less than what it took of the
 * event loop. The least of several, which other processes on the machine move least.
 */
async function cost(client: Client, hostile: HostileRequest): Promise<number> {
  let least = Infinity;
  for (let i = 0; i < WARM_UP + TIMES || (least > COST && i < TIMES_AT_MOST); i += 1) {
    const { method, path, headers, body } = anew(hostile, i);
    const began = performance.now();
    const answer = await client.request({ method, path, headers, body });
    await answer.body.dump({ limit: 10_000_000 });
    if (i >= WARM_UP) least = Math.min(least, performance.now() - began);
  }
  return least;
}

const inProduction = [...selections, ...documents, ...introspection, ...requests];

test(`none of ${inProduction.length} hostile requests takes more than ${COST} ms of the event loop`, async () => {
  const costs = new Map<string, number>();
  for (const hostile of inProduction) costs.set(hostile.what, await cost(clients.production, hostile));
  const dearest = [...costs].toSorted(([, a], [, b]) => b - a);
  for (const [what, took] of dearest.slice(0, 5)) report(what, took, { atMost: COST });
  expect(dearest.filter(([, took]) => took > COST)).toEqual([]);
});

test.each(introspection)('outside production, where the schema is told: $what', async (hostile) => {
  const took = await cost(clients.outside, hostile);
  report(`${hostile.what}, outside production`, took, { atMost: COST_OF_THE_SCHEMA });
  expect(took).toBeLessThan(COST_OF_THE_SCHEMA);
});
