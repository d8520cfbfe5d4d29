import type { Socket } from 'node:net';
import { LoginDocument, SessionDocument } from '../../src/client/generated/graphql.js';
import { metricValue } from '../harness/metric-value.js';
import { openSocket, rawPost } from '../harness/raw-requests.js';
import { type RunningGateway, runProductionGateway } from '../harness/running-gateway.js';
import { until } from '../harness/until.js';

/*
 * Twelve connections, reset at the right moment, once took all places of load shedding for good: answers that wait
 * behind another one on a connection never learn that the connection is closed. However a request ends, its place must
 * be free again.
 */

const PLACES = 100;
const CONNECTIONS = 8;
/** Of each connection, behind its login. */
const PIPELINED = 40;
/** Milliseconds: the logins are still under way when their connections end. */
const WEIXIN_TAKES = 700;
/** Milliseconds until the last place is back at the latest, on a busy machine. */
const SOON = 5_000;
const CODE_2_SESSION = '/sns/jscode2session';

let running: RunningGateway;
beforeEach(async () => {
  running = await runProductionGateway({ OVERLOAD_IN_FLIGHT: String(PLACES), METRICS_PORT: '0' });
  const delay = { delayMs: WEIXIN_TAKES };
  running.simulator.faults.add(
    CODE_2_SESSION,
    Array.from({ length: CONNECTIONS }, () => delay),
  );
});
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.destroy();
  await running.gateway.stop();
});

const opened: Socket[] = [];
async function openSockets(count: number): Promise<readonly Socket[]> {
  const sockets = await Promise.all(Array.from({ length: count }, () => openSocket(running.gateway.url)));
  opened.push(...sockets);
  return sockets;
}

const callsOfWeixin = () => running.simulator.faults.calls(CODE_2_SESSION);
const inFlight = () => metricValue(running.gateway.metricsUrl, 'gateway_requests_in_flight');
const login = () =>
  rawPost({
    query: LoginDocument.toString(),
    variables: { input: { code: running.simulator.world.login(running.app.appId, 'mallory') } },
  });
const cheap = rawPost({ query: '{__typename}' });
const session = rawPost({ query: SessionDocument.toString() });

const requests: Readonly<Record<string, () => string>> = {
  'a login': login,
  'a login and a pipeline': () => login() + cheap.repeat(PIPELINED),
  'a login, a pipeline and half a body': () => login() + cheap.repeat(PIPELINED) + session.slice(0, -9),
  'a login, a pipeline and half a head': () => login() + cheap.repeat(PIPELINED) + session.slice(0, 40),
  'a login, a pipeline and what is not HTTP': () => `${login()}${cheap.repeat(PIPELINED)}\0\r\n\r\n`,
  'a login and a pipeline of probes and requests': () =>
    login() + `GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n${cheap}`.repeat(PIPELINED),
};
const ends: Readonly<Record<string, (socket: Socket) => void>> = {
  'a reset': (socket) => socket.resetAndDestroy(),
  'a FIN': (socket) => socket.end(),
  'a close': (socket) => socket.destroy(),
};
const attacks = [
  ...Object.keys(requests).map((sent) => [sent, 'a reset'] as const),
  ['a login and a pipeline', 'a FIN'],
  ['a login and a pipeline', 'a close'],
  ['a login, a pipeline and half a body', 'a FIN'],
] as const;

/** Expects that all places are free: as many concurrent requests are answered. */
async function expectEveryPlace(): Promise<void> {
  const client = await running.loggedIn('alice');
  const answers = await Promise.all(Array.from({ length: PLACES }, () => client.session()));
  expect(new Set(answers.map(({ __typename }) => __typename))).toEqual(new Set(['Session']));
}

test.each(attacks)('%s, then %s: every place is free again', async (sent, ended) => {
  const sockets = await openSockets(CONNECTIONS);
  const before = callsOfWeixin();
  for (const socket of sockets) socket.write(requests[sent]?.() ?? '', 'latin1');
  await until(callsOfWeixin, (calls) => calls > before);
  for (const socket of sockets) ends[ended]?.(socket);

  await until(inFlight, (count) => count === 0, SOON);
  await expectEveryPlace();
});

test('incomplete bodies, then a reset: every place is free again', async () => {
  const sockets = await openSockets(2 * PLACES);
  for (const socket of sockets) socket.write(session.slice(0, -9));
  for (const socket of sockets) socket.resetAndDestroy();
  await until(inFlight, (count) => count === 0, SOON);
  await expectEveryPlace();
});

test('pipelined requests with unread answers, then a reset: every place is free again', async () => {
  const sockets = await openSockets(CONNECTIONS);
  const before = callsOfWeixin();
  for (const socket of sockets) socket.pause().write(login() + cheap.repeat(5_000));
  await until(callsOfWeixin, (calls) => calls > before);
  for (const socket of sockets) socket.resetAndDestroy();
  await until(inFlight, (count) => count === 0, SOON);
  await expectEveryPlace();
});

test('the count includes a request in flight, and drops it with its answer', async () => {
  expect(await inFlight()).toBe(0);
  const slow = running.loggedIn('alice');
  await until(inFlight, (count) => count === 1);
  await slow;
  await until(inFlight, (count) => count === 0);
});
