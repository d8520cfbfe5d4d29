import type { AppId } from '../../src/domain/app.js';
import type { Fault } from '../../src/simulator/fault-script.js';
import { Secret } from '../../src/domain/secret.js';
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from '../harness/otlp-receiver.js';
import { describeWithRedis, RedisProcess } from '../harness/redis-process.js';
import { type RunningGateway, runGateway, runGatewayOfApps } from '../harness/running-gateway.js';
import { startScriptedServer } from '../harness/scripted-server.js';

let receiver: OtlpReceiver;
let running: RunningGateway;

beforeEach(async () => {
  receiver = await startOtlpReceiver();
});
afterEach(() => receiver.close());

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLERS_SPAN = '00f067aa0ba902b7';
const SERVER = 2;
const CLIENT = 3;
const INTERNAL = 1;

async function start(env: Record<string, string> = {}): Promise<void> {
  running = await runGateway({ ...tracingTo(receiver), ...env });
}

function tracingTo({ origin }: OtlpReceiver): Record<string, string> {
  return { OTEL_EXPORTER_OTLP_ENDPOINT: origin, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' };
}

/** A stop exports every span that has ended. */
async function spans(): Promise<readonly ReceivedSpan[]> {
  await running.gateway.stop();
  return receiver.spans;
}

function find(all: readonly ReceivedSpan[], name: string): ReceivedSpan {
  const found = all.filter((span) => span.name === name);
  expect([name, found.length]).toEqual([name, 1]);
  return found[0] as ReceivedSpan;
}

test('a request is a span by the HTTP conventions, its operation and its calls of Weixin are its children', async () => {
  await start();
  await running.loggedIn('alice');
  const all = await spans();
  const request = find(all, 'POST /graphql');
  const operation = find(all, 'mutation login');
  const call = find(all, 'GET /sns/jscode2session');
  expect(request).toMatchObject({
    kind: SERVER,
    parentSpanId: undefined,
    isError: false,
    attributes: {
      'http.request.method': 'POST',
      'http.route': '/graphql',
      'url.path': '/graphql',
      'url.scheme': 'http',
      'http.response.status_code': 200,
    },
  });
  expect(operation).toMatchObject({
    kind: INTERNAL,
    traceId: request.traceId,
    parentSpanId: request.spanId,
    attributes: {
      'graphql.operation.type': 'mutation',
      'gateway.operation': 'login',
      'gateway.result': 'LoginSuccess',
    },
  });
  const { origin, hostname, port } = new URL(running.gateway.simulator?.url ?? '');
  expect(call).toMatchObject({
    kind: CLIENT,
    traceId: request.traceId,
    parentSpanId: operation.spanId,
    attributes: {
      'http.request.method': 'GET',
      'url.full': `${origin}/sns/jscode2session`,
      'server.address': hostname,
      'server.port': Number(port),
      'http.response.status_code': 200,
      'weixin.errcode': 0,
    },
  });
});

test("a caller's trace goes on, and its tracestate does not: anything can be written into it", async () => {
  await start();
  const traceparent = `00-${TRACE_ID}-${CALLERS_SPAN}-01`;
  await running
    .client()
    .post({ query: '{session{__typename}}' }, { traceparent, tracestate: 'vendor=13580006666', baggage: 'a=b' });
  const request = find(await spans(), 'POST /graphql');
  expect(request).toMatchObject({ traceId: TRACE_ID, parentSpanId: CALLERS_SPAN });
  expect(Buffer.concat(receiver.bodies).toString()).not.toContain('13580006666');
});

test('a caller that does not trace is not traced, nor one that the sampler leaves out', async () => {
  await start();
  await running.client().post({ query: '{session{__typename}}' }, { traceparent: `00-${TRACE_ID}-${CALLERS_SPAN}-00` });
  expect(await spans()).toEqual([]);
  await start({ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' });
  await running.client().post({ query: '{session{__typename}}' }, { traceparent: `00-${TRACE_ID}-${CALLERS_SPAN}-01` });
  expect(await spans()).toEqual([]);
});

test('Weixin gets the traceparent of its call, and nothing else of the trace', async () => {
  const headers: NodeJS.Dict<string | string[]>[] = [];
  const weixin = await startScriptedServer((response, request) => {
    headers.push(request.headers);
    response.end('{"errcode":40029}');
  });
  const app = { appId: 'wx1111111111111111' as AppId, secret: new Secret('the-secret') };
  running = await runGatewayOfApps([app], { ...tracingTo(receiver), WEIXIN_API_URL: weixin.origin });
  const traceparent = `00-${TRACE_ID}-${CALLERS_SPAN}-01`;
  const query = 'mutation{login(input:{code:"c"}){__typename}}';
  await running.client().post({ query }, { traceparent, tracestate: 'vendor=1', baggage: 'user=alice' });
  const call = find(await spans(), 'GET /sns/jscode2session');
  await weixin.close();
  expect(headers).toHaveLength(1);
  expect(headers[0]).toMatchObject({ traceparent: `00-${TRACE_ID}-${call.spanId}-01` });
  expect(Object.keys(headers[0] ?? {}).sort()).toEqual(['connection', 'host', 'traceparent']);
  expect(call).toMatchObject({ isError: false, attributes: { 'weixin.errcode': 40029 } });
});

test.each<[string, Fault, object]>([
  ['a lost answer', { close: true }, { 'error.type': 'lost' }],
  ['an unreadable answer', { body: 'not JSON' }, { 'error.type': 'unreadable' }],
  ['an errcode for the operator', { errcode: 40013 }, { 'error.type': 'errcode', 'weixin.errcode': 40013 }],
])('%s of Weixin is an error of its span', async (_case, fault, attributes) => {
  await start();
  running.simulator.faults.add('/sns/jscode2session', [fault]);
  await running.client().post({ query: 'mutation{login(input:{code:"c"}){__typename}}' });
  expect(find(await spans(), 'GET /sns/jscode2session')).toMatchObject({ isError: true, attributes });
});

test('probes have no span, and paths and methods that are none of ours are not told', async () => {
  await start();
  const { url } = running.gateway;
  await fetch(`${url}/healthz`);
  await fetch(`${url}/readyz`);
  await fetch(`${url}/13580006666?token=13580006666`);
  await fetch(`${url}/graphql?code=13580006666`, { method: 'PROPFIND' });
  const all = await spans();
  expect(all.map(({ name }) => name).sort()).toEqual(['GET', 'HTTP']);
  expect(Buffer.concat(receiver.bodies).toString()).not.toContain('13580006666');
});

test('names and documents of clients are not told', async () => {
  await start();
  await running.client().post({ query: 'query q13580006666 { a13580006666: session { __typename } }' });
  expect((await spans()).map(({ name }) => name).sort()).toEqual(['POST /graphql', 'query session']);
  expect(Buffer.concat(receiver.bodies).toString()).not.toContain('13580006666');
});

test('a log line has the trace of its request, also if the caller sent none', async () => {
  await start();
  running.simulator.faults.add('/sns/jscode2session', [{ errcode: 40013 }]);
  await running.client().post({ query: 'mutation{login(input:{code:"c"}){__typename}}' });
  const request = find(await spans(), 'POST /graphql');
  expect(running.logLines.join('')).toContain(`"traceparent":"00-${request.traceId}-${request.spanId}-01"`);
});

test('spans say whose they are, and headers for the collector go along', async () => {
  await start({
    OTEL_SERVICE_NAME: 'phones',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=staging%20one,service.name=other',
    OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=a%2Cb',
  });
  await running.client().post({ query: '{session{__typename}}' });
  await spans();
  expect(receiver.resource).toMatchObject({
    'service.name': 'phones',
    'deployment.environment.name': 'staging one',
    'service.instance.id': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  });
  expect(receiver.headers[0]).toMatchObject({ 'x-api-key': 'a,b' });
});

test('by default spans are sent as protobuf', async () => {
  await start({ OTEL_EXPORTER_OTLP_PROTOCOL: '' });
  await running.client().post({ query: '{session{__typename}}' });
  await spans();
  expect(receiver.headers[0]).toMatchObject({ 'content-type': 'application/x-protobuf' });
  const text = Buffer.concat(receiver.bodies).toString('latin1');
  for (const part of ['POST /graphql', 'query session', 'http.route', 'weixin-phone-gateway']) {
    expect(text).toContain(part);
  }
});

test.each([
  ['OTEL_SDK_DISABLED', 'true'],
  ['OTEL_TRACES_EXPORTER', 'none'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', ''],
])('%s=%s: no span', async (name, value) => {
  await start({ [name]: value });
  await running.client().post({ query: '{session{__typename}}' });
  expect(await spans()).toEqual([]);
  expect(receiver.bodies).toEqual([]);
});

describeWithRedis('with Redis', () => {
  let redis: RedisProcess;
  beforeAll(async () => {
    redis = await RedisProcess.start();
  });
  afterAll(() => redis.stop());

  test('each command is a span by the database conventions, and the request tells how many round trips it took', async () => {
    await start({ REDIS_URL: redis.url });
    await running.loggedIn('alice');
    const all = await spans();
    const operation = find(all, 'mutation login');
    const commands = all.filter(({ attributes }) => attributes['db.system.name'] === 'redis');
    expect(commands.length).toBeGreaterThan(3);
    for (const { kind, traceId } of commands) expect([kind, traceId]).toEqual([CLIENT, operation.traceId]);
    expect(find(all, 'EVALSHA appendLogin')).toMatchObject({
      parentSpanId: operation.spanId,
      attributes: { 'db.operation.name': 'EVALSHA', 'db.stored_procedure.name': 'appendLogin' },
    });
    expect(find(all, 'POST /graphql').attributes).toMatchObject({
      'gateway.redis.commands': 5,
      'gateway.redis.round_trips': 3,
    });
    const names = new Set(all.flatMap(({ attributes }) => Object.keys(attributes)));
    expect([...names].filter((name) => name.startsWith('db.')).sort()).toEqual([
      'db.operation.name',
      'db.stored_procedure.name',
      'db.system.name',
    ]);
  });
});
