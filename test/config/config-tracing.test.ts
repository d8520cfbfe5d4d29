import { inspect } from 'node:util';
import { type Config, loadConfig } from '../../src/config/config.js';

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example:4318' };

function tracing(env: Record<string, string>): Config['tracing'] {
  return loadConfig(env).tracing;
}

test.each([
  [{}, undefined],
  [{ OTEL_SERVICE_NAME: 'phones', OTEL_TRACES_SAMPLER: 'always_on' }, undefined],
  [ENDPOINT, 'https://collector.example:4318/v1/traces'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost/otlp/' }, 'http://localhost/otlp/v1/traces'],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://localhost/as-it-is' }, 'http://localhost/as-it-is'],
  [{ ...ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://localhost/first' }, 'http://localhost/first'],
  [{ ...ENDPOINT, OTEL_SDK_DISABLED: 'true' }, undefined],
  [{ ...ENDPOINT, OTEL_TRACES_EXPORTER: 'none' }, undefined],
])('%j: spans go to %s', (env, endpoint) => {
  expect(tracing(env)?.endpoint.reveal()).toBe(endpoint);
});

test('by default spans are protobuf, of every request whose caller does not say no', () => {
  expect(tracing(ENDPOINT)).toMatchObject({
    protocol: 'http/protobuf',
    timeout: 10_000,
    sampler: { root: 'always_on', isParentBased: true },
  });
});

test.each([
  ['always_off', { root: 'always_off', isParentBased: false, ratio: 1 }],
  ['traceidratio', { root: 'traceidratio', isParentBased: false, ratio: 1 }],
  ['parentbased_traceidratio', { root: 'traceidratio', isParentBased: true, ratio: 1 }],
])('the sampler %s', (name, sampler) => {
  expect(tracing({ ...ENDPOINT, OTEL_TRACES_SAMPLER: name })?.sampler).toEqual(sampler);
});

test.each(['0', '1', '0.25', '.5', '1.0'])('the share %s is a share', (text) => {
  expect(tracing({ ...ENDPOINT, OTEL_TRACES_SAMPLER_ARG: text })?.sampler.ratio).toBe(Number(text));
});

test('variables for traces alone come first', () => {
  const settings = tracing({
    ...ENDPOINT,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json',
    OTEL_EXPORTER_OTLP_TIMEOUT: '1000',
    OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: '2000',
    OTEL_EXPORTER_OTLP_HEADERS: 'X-Key=all,x-other=1',
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-key=traces',
  });
  const headers = [...(settings?.headers ?? [])].map(([name, value]) => [name, value.reveal()]);
  expect(settings).toMatchObject({ protocol: 'http/json', timeout: 2000 });
  expect(Object.fromEntries(headers)).toEqual({ 'x-key': 'traces', 'x-other': '1' });
});

test.each([
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'localhost:4317'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'https://user:the-secret@collector.example'],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'the-secret'],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'x-key=the-secret%0d%0ax-other: 1'],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'x-key=%the-secret'],
  ['OTEL_TRACES_SAMPLER', 'jaeger_remote'],
  ['OTEL_TRACES_SAMPLER_ARG', '1.1'],
  ['OTEL_TRACES_SAMPLER_ARG', '.'],
])('%s=%s stops the start, and the value is not told', (name, value) => {
  const start = () => loadConfig({ ...ENDPOINT, [name]: value });
  expect(start).toThrow(new RegExp(`^The configuration is not usable:\\n  - ${name} must be`));
  expect(start).not.toThrow('the-secret');
});

test('addresses and headers of the collector do not show when settings are printed', () => {
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost/the-secret',
    OTEL_EXPORTER_OTLP_HEADERS: 'k=the-secret',
  };
  expect(inspect(tracing(env), { depth: 9, showHidden: true })).not.toContain('the-secret');
});
