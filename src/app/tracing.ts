import type { Config } from '../config/config.js';
import type { Log } from '../domain/log.js';
import type { Metrics } from '../domain/metrics.js';
import { noTracing, type Tracing } from '../domain/tracing.js';
import type { Resources } from './resources.js';

/** Starts tracing if it is on. It is loaded on demand: OpenTelemetry is larger than the gateway. */
export async function openTracing(
  { tracing: settings }: Config,
  log: Log,
  metrics: Metrics,
  resources: Resources,
): Promise<Tracing> {
  if (settings === undefined) return noTracing;
  const { startTracing } = await import('../observability/tracing/tracing.js');
  const running = startTracing(settings, log, metrics);
  resources.add(() => running.close());
  return running.tracing;
}
