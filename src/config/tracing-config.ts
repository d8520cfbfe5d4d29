import { Secret } from '../domain/secret.js';
import type { TracingSettings } from '../domain/tracing-settings.js';
import type { Settings } from './variables.js';

const SERVICE_NAME = 'weixin-phone-gateway';

/** Where spans go; undefined: no tracing. */
export function tracingConfig({ tracing }: Settings): TracingSettings | undefined {
  const endpoint = tracing.tracesEndpoint?.href ?? (tracing.endpoint && tracesUrl(tracing.endpoint));
  if (endpoint === undefined || tracing.disabled || tracing.exporter === 'none') return undefined;
  const resource = new Map([['service.name', SERVICE_NAME], ...(tracing.resource ?? [])]);
  if (tracing.serviceName !== undefined) resource.set('service.name', tracing.serviceName);
  const headers = [...(tracing.headers ?? []), ...(tracing.tracesHeaders ?? [])];
  return {
    endpoint: new Secret(endpoint),
    headers: new Map(headers.map(([name, value]) => [name.toLowerCase(), new Secret(value)])),
    protocol: tracing.tracesProtocol ?? tracing.protocol,
    timeout: tracing.tracesTimeout ?? tracing.timeout,
    resource,
    sampler: { ...tracing.sampler, ratio: tracing.samplerArgument },
  };
}

/** Source: OpenTelemetry specification, "Endpoint URLs for OTLP/HTTP". */
function tracesUrl({ href }: URL): string {
  const url = new URL(href);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/traces`;
  return url.href;
}
