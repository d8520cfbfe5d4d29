import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { SessionDocument } from '../../src/client/generated/graphql.js';
import { metricValue } from '../harness/metric-value.js';
import { type RunningGateway, runProductionGateway } from '../harness/running-gateway.js';
import { type SlowClient, SlowClients } from '../harness/slow-clients.js';

/* An incomplete body costs its sender nothing, so it must not take a place. */

const PLACES = 50;
const SLOW = 200;
const HONEST = 100;
const HEAD = 'POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n';

const senders: readonly (readonly [what: string, behaviour: SlowClient])[] = [
  ['one byte of a body', { opens: `${HEAD}Content-Length: 100\r\n\r\n{` }],
  ['a head and no body', { opens: `${HEAD}Content-Length: 100\r\n\r\n` }],
  ['a byte of a body every second', { opens: `${HEAD}Content-Length: 100\r\n\r\n{`, drips: ' ' }],
  ['a chunk, and never the last one', { opens: `${HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n` }],
  [
    'a body of 32 KiB that stops one byte short',
    { opens: `${HEAD}Content-Length: 32768\r\n\r\n${' '.repeat(32_767)}` },
  ],
  ['a head that asks whether to go on', { opens: `${HEAD}Expect: 100-continue\r\nContent-Length: 100\r\n\r\n` }],
];

let running: RunningGateway;
let slow: SlowClients | undefined;

beforeAll(async () => {
  running = await runProductionGateway({ OVERLOAD_IN_FLIGHT: String(PLACES), METRICS_PORT: '0' });
});
afterAll(() => running.gateway.stop());
afterEach(() => slow?.end());

/** One whole request on a connection of its own. */
async function ask(localAddress: string, token: string): Promise<number> {
  const body = JSON.stringify({ query: SessionDocument.toString() });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}`, connection: 'close' };
  return new Promise((resolve, reject) => {
    request(`${running.gateway.url}/graphql`, { method: 'POST', localAddress, headers }, (response) => {
      text(response).then(() => resolve(response.statusCode ?? 0), reject);
    })
      .on('error', reject)
      .end(body);
  });
}

describe.each([
  ['of another address', '127.0.0.2'],
  ['of the same address', '127.0.0.1'],
])('an honest client %s', (_where, address) => {
  test.each(senders)('is answered while 200 clients send %s', async (_what, behaviour) => {
    const { token = '' } = await running.loggedIn('alice');
    slow = await SlowClients.open(running.gateway.url, SLOW, behaviour);
    const statuses = [];
    for (let i = 0; i < HONEST; i += 1) statuses.push(await ask(address, token));
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
  });
});

test('a request with an incomplete body does not count as in flight', async () => {
  slow = await SlowClients.open(running.gateway.url, SLOW, { opens: `${HEAD}Content-Length: 100\r\n\r\n{` });
  await ask('127.0.0.1', '');
  expect(await metricValue(running.gateway.metricsUrl, 'gateway_requests_in_flight')).toBe(0);
});
