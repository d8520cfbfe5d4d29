import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GatewayProcess } from '../harness/gateway-process.js';

/** Milliseconds: starting processes takes long where the machine is busy. */
jest.setTimeout(30_000);

const ENV = { PORT: '0', DRAIN_SECONDS: '0', METRICS_PORT: '0' };
const running: GatewayProcess[] = [];
const folder = mkdtempSync(join(tmpdir(), 'without-tracing-'));
let main: string;

/** The built gateway without the files that have OpenTelemetry's SDK in them. */
beforeAll(() => {
  cpSync('dist', join(folder, 'dist'), { recursive: true });
  cpSync('schema', join(folder, 'schema'), { recursive: true });
  cpSync('package.json', join(folder, 'package.json'));
  main = join(folder, 'dist/main.js');
  const chunks = readdirSync(join(folder, 'dist')).filter((name) => name.endsWith('.js'));
  const withSdk = chunks.filter((name) =>
    readFileSync(join(folder, 'dist', name), 'utf8').includes('// node_modules/@opentelemetry/sdk-trace/'),
  );
  expect(withSdk).toHaveLength(1);
  for (const name of withSdk) rmSync(join(folder, 'dist', name));
});
afterAll(async () => {
  await Promise.all(running.map((gateway) => gateway.kill()));
  rmSync(folder, { recursive: true });
});

function start(env: Record<string, string> = {}): GatewayProcess {
  const gateway = new GatewayProcess({ ...ENV, ...env }, main);
  running.push(gateway);
  return gateway;
}

test('without tracing nothing of OpenTelemetry is loaded', async () => {
  const gateway = start();
  const { url } = await gateway.line('listening');
  const answer = await fetch(`${String(url)}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{session{__typename}}' }),
  });
  expect(answer.status).toBe(200);
});

test('with tracing it is', async () => {
  const gateway = start({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' });
  expect(await gateway.exit()).toBe(1);
  expect(gateway.errorText).toContain('ERR_MODULE_NOT_FOUND');
});
