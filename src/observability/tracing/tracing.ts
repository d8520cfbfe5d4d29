import { randomUUID } from 'node:crypto';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import type { Milliseconds } from '../../domain/clock.js';
import { Deadline } from '../../domain/deadline.js';
import type { Log } from '../../domain/log.js';
import type { Metrics } from '../../domain/metrics.js';
import type { Tracing } from '../../domain/tracing.js';
import type { TracingSettings } from '../../domain/tracing-settings.js';
import { ERROR_CODE } from '../log.js';
import { OpenTelemetryTracing } from './open-telemetry-tracing.js';
import { createSampler } from './sampler.js';
import { SpanQueue } from './span-queue.js';

/** How long a stop waits for the last spans: together with the longest DRAIN_SECONDS it stays under the 10 s of a stop. */
export const FLUSH_WITHIN: Milliseconds = 2_000;

/** Largest text of an attribute; ours are under 100 characters. */
const MAX_TEXT = 256;

export interface RunningTracing {
  readonly tracing: Tracing;
  /** Exports what is waiting, within FLUSH_WITHIN. */
  close(): Promise<void>;
}

/** Starts to trace. A collector that fails costs spans, and no request. */
export function startTracing(settings: TracingSettings, log: Log, metrics: Metrics): RunningTracing {
  const { endpoint, headers, protocol, timeout, resource, sampler } = settings;
  const Exporter = protocol === 'http/json' ? JsonExporter : ProtobufExporter;
  const exporter = new Exporter({
    url: endpoint.reveal(),
    headers: Object.fromEntries([...headers].map(([name, value]) => [name, value.reveal()])),
    timeoutMillis: timeout,
  });
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({ 'service.instance.id': randomUUID(), ...Object.fromEntries(resource) }),
    ),
    sampler: createSampler(sampler),
    spanLimits: { attributeValueLengthLimit: MAX_TEXT },
    spanProcessors: [
      new SpanQueue({
        exporter,
        timeout,
        onExported: (count) => metrics.spans('exported', count),
        onLost: (count, error) => {
          metrics.spans('lost', count);
          // The URL is not told: it may hold a token.
          log.warn({ endpoint: 'OTEL_EXPORTER_OTLP_ENDPOINT', reason: reasonOf(error) }, 'spans are lost');
        },
      }),
    ],
  });
  return {
    tracing: new OpenTelemetryTracing(provider.getTracer('weixin-phone-gateway')),
    close: async () => {
      // Spans that could not be exported are counted and logged above.
      await new Deadline(FLUSH_WITHIN).wait(provider.shutdown().catch(() => undefined));
    },
  };
}

/** A system's error code or an HTTP status. Messages are not used: they may quote the collector's answer. */
function reasonOf(error: Error | undefined): string {
  if (error === undefined) return 'the queue is full: the collector is too slow, or too many requests are traced';
  const { code } = error as { code?: unknown };
  if (typeof code === 'number') return `status ${code}`;
  return typeof code === 'string' && ERROR_CODE.test(code) ? code : 'the collector did not take them';
}
