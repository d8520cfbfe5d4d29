import type { ServerResponse } from 'node:http';
import { Deadline } from '../../src/domain/deadline.js';
import { type ScriptedServer, startScriptedServer } from '../harness/scripted-server.js';
import { until } from '../harness/until.js';
import { app, weixinClient, type WeixinClientOptions } from '../harness/weixin-client.js';

const IN_FLIGHT = 4;
const good = JSON.stringify({ openid: 'oGZUI0egBJY1zhBYw2KhdUfwVJJE', session_key: 'tiihtNczf5v6AKRyjwEUhQ==' });
/** Not sent: the code may be sent again. */
const refused = {
  ok: false,
  failure: { failure: { code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 2 }, codeSpent: 'no' },
};

let server: ScriptedServer;
let held: ServerResponse[];
let refusals: string[];
let client: ReturnType<typeof weixinClient>;
beforeEach(async () => {
  held = [];
  refusals = [];
  server = await startScriptedServer((response) => held.push(response));
});
afterEach(async () => {
  await client.close();
  await server.close();
});

function connect(options: WeixinClientOptions = {}): void {
  client = weixinClient(server.origin, {
    maxInFlight: IN_FLIGHT,
    metrics: { weixinRefused: (_, cause) => refusals.push(cause) },
    ...options,
  });
}
const together = (calls: number) => Array.from({ length: calls }, () => client.exchange());
const areHeld = (count: number) =>
  until(
    () => held.length,
    (reached) => reached === count,
  );
/** Answers what is held, and from now on everything at once. */
function answerAll(): void {
  server.answer = (response) => response.end(good);
  for (const response of held) response.end(good);
}

test('so many calls are in flight, as many again wait, and the rest is refused at once', async () => {
  connect();
  const calls = together(2 * IN_FLIGHT);
  const rest = together(10);
  expect(await Promise.all(rest)).toEqual(rest.map(() => refused));
  expect(refusals).toEqual(rest.map(() => 'in_flight'));
  await areHeld(IN_FLIGHT);
  expect(server.requests).toHaveLength(IN_FLIGHT);

  answerAll();
  const answers = await Promise.all(calls);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(2 * IN_FLIGHT);
  expect(server.requests).toHaveLength(2 * IN_FLIGHT);
});

test('a call that waits past its deadline is refused then, and never sent', async () => {
  connect();
  const calls = together(IN_FLIGHT);
  await areHeld(IN_FLIGHT);
  const began = performance.now();
  expect(await client.api.code2Session(app, 'too-late', new Deadline(100))).toEqual(refused);
  expect(performance.now() - began).toBeLessThan(2_000);
  answerAll();
  await Promise.all(calls);
  expect(await client.exchange()).toMatchObject({ ok: true });
  expect(server.requests).toHaveLength(IN_FLIGHT + 1);
  expect(server.requests.join()).not.toContain('too-late');
});

test('a call that stopped waiting leaves its place in the queue to another', async () => {
  connect();
  const calls = together(IN_FLIGHT);
  await areHeld(IN_FLIGHT);
  const hasty = Array.from({ length: IN_FLIGHT }, () => client.api.code2Session(app, 'hasty', new Deadline(100)));
  expect(await Promise.all(hasty)).toEqual(hasty.map(() => refused));
  const waiting = together(IN_FLIGHT);
  answerAll();
  expect((await Promise.all([...calls, ...waiting])).every(({ ok }) => ok)).toBe(true);
});

test('refusals of a gateway that is too busy open no breaker', async () => {
  connect();
  const calls = together(IN_FLIGHT);
  await areHeld(IN_FLIGHT);
  const waiting = together(IN_FLIGHT);
  for (let i = 0; i < 5; i += 1) await Promise.all(together(20));
  answerAll();
  const answers = await Promise.all([...calls, ...waiting]);
  expect([...answers, await client.exchange()].every(({ ok }) => ok)).toBe(true);
  expect(refusals).toHaveLength(100);
});

test('those that wait when the breaker opens are refused, and not sent', async () => {
  connect({ maxInFlight: 20 });
  const calls = together(40);
  await areHeld(20);
  server.answer = (response) => response.writeHead(500).end();
  for (const response of held) response.writeHead(500).end();
  const answers = await Promise.all(calls);
  // As each failure comes in, its place goes to the next in line, until the twentieth.
  expect(server.requests.length).toBeLessThan(40);
  expect(answers.filter(({ ok }) => !ok)).toHaveLength(40);
  expect(refusals).toHaveLength(40 - server.requests.length);
});

test('connections are used again, and there are never more than calls in flight', async () => {
  connect();
  answerAll();
  for (let i = 0; i < 50; i += 1) expect(await client.exchange()).toMatchObject({ ok: true });
  // undici lets a connection rest for one turn of the event loop.
  expect(server.connections).toBeLessThanOrEqual(2);
  for (let i = 0; i < 20; i += 1) await Promise.all(together(2 * IN_FLIGHT));
  expect(server.connections).toBe(IN_FLIGHT);
});
