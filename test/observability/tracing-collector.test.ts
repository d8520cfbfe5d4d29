import { ExportResultCode } from '@opentelemetry/core';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { MAX_BATCH, MAX_WAITING, SpanQueue } from '../../src/observability/tracing/span-queue.js';
import { FLUSH_WITHIN } from '../../src/observability/tracing/tracing.js';
import { freePort } from '../harness/free-port.js';
import { GatewayProcess } from '../harness/gateway-process.js';
import { metricValue } from '../harness/metric-value.js';
import { runGateway, type RunningGateway } from '../harness/running-gateway.js';
import { type ScriptedServer, startScriptedServer } from '../harness/scripted-server.js';
import { until } from '../harness/until.js';

const QUERY = { query: '{session{__typename}}' };
/** Each request has two spans. */
const FULL_BATCH = MAX_BATCH / 2;

const open: ScriptedServer[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

async function silentCollector(): Promise<string> {
  const server = await startScriptedServer(() => undefined);
  open.push(server);
  return server.origin;
}

async function askOften(running: RunningGateway, times: number): Promise<void> {
  const asking = running.client();
  for (let i = 0; i < times; i += 1) expect((await asking.post(QUERY)).status).toBe(200);
}

describe.each([
  ['is not there', async () => `http://127.0.0.1:${await freePort()}/otlp-token-in-a-path`, 'ECONNREFUSED'],
  [
    'refuses spans',
    async () => {
      const server = await startScriptedServer((response) => response.writeHead(401).end('no such otlp-token'));
      open.push(server);
      return server.origin;
    },
    'status 401',
  ],
])('a collector that %s', (_case, collector, reason) => {
  test('costs no request and one line in the log, and lost spans are counted', async () => {
    const running = await runGateway({
      METRICS_PORT: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: await collector(),
      OTEL_EXPORTER_OTLP_TIMEOUT: '500',
    });
    const lost = () => metricValue(running.gateway.metricsUrl, 'gateway_spans_total{outcome="lost"}').catch(() => 0);
    for (let batch = 1; batch <= 2; batch += 1) {
      await askOften(running, FULL_BATCH);
      const { value } = await until(lost, (count) => count >= batch * MAX_BATCH);
      expect(value).toBeGreaterThanOrEqual(batch * MAX_BATCH);
    }
    await running.gateway.stop();
    const lines = running.logLines.filter((line) => line.includes('spans are lost'));
    expect(lines.map((line) => (JSON.parse(line) as { reason: string }).reason)).toEqual([reason]);
    expect(lines.join('')).not.toContain('otlp-token');
  });
});

test('a silent collector does not hold up the stop', async () => {
  const running = await runGateway({ OTEL_EXPORTER_OTLP_ENDPOINT: await silentCollector() });
  await askOften(running, 1);
  const beganAt = performance.now();
  await running.gateway.stop();
  expect(performance.now() - beganAt).toBeLessThan(FLUSH_WITHIN + 4_000);
});

test('a process with a silent collector ends soon after its stop', async () => {
  const gateway = new GatewayProcess({
    PORT: '0',
    DRAIN_SECONDS: '0',
    OTEL_EXPORTER_OTLP_ENDPOINT: await silentCollector(),
    OTEL_EXPORTER_OTLP_TIMEOUT: '60000',
  });
  const { url } = await gateway.line('listening');
  const headers = { 'content-type': 'application/json' };
  await fetch(`${String(url)}/graphql`, { method: 'POST', headers, body: JSON.stringify(QUERY) });
  const beganAt = performance.now();
  gateway.signal('SIGTERM');
  expect(await gateway.exit(20_000)).toBe(0);
  expect(performance.now() - beganAt).toBeLessThan(FLUSH_WITHIN + 5_000);
});

test('spans that wait are bounded: more are dropped and counted', async () => {
  const told = { exported: 0, lost: 0 };
  const answers: (() => void)[] = [];
  const queue = new SpanQueue({
    exporter: {
      export: (_spans, done) => answers.push(() => done({ code: ExportResultCode.SUCCESS })),
      shutdown: async () => undefined,
    },
    timeout: 60_000,
    onExported: (count) => (told.exported += count),
    onLost: (count) => (told.lost += count),
  });
  const tracer = new TracerProvider({ spanProcessors: [queue] }).getTracer('test');
  for (let i = 0; i < MAX_BATCH + MAX_WAITING + 10; i += 1) tracer.startSpan('span').end();
  expect([answers.length, told]).toEqual([1, { exported: 0, lost: 10 }]);
  const stopped = queue.shutdown();
  // Each answer lets the next batch out.
  for (let i = 0; i < 100 && told.exported < MAX_BATCH + MAX_WAITING; i += 1) {
    for (const answer of answers.splice(0)) answer();
    await Promise.resolve();
  }
  await stopped;
  expect(told).toEqual({ exported: MAX_BATCH + MAX_WAITING, lost: 10 });
});
