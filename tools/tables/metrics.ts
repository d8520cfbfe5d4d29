import { type MetricDescription, PrometheusMetrics } from '../../src/observability/prometheus-metrics.js';
import { code, type Table } from './table.js';

/** Every metric that a gateway can have, those of Node included, in the order in which they are registered. */
export function allMetrics(): readonly MetricDescription[] {
  const prometheus = new PrometheusMetrics();
  prometheus.metrics.observeInFlight(() => 0);
  prometheus.metrics.observeApps(() => 0);
  prometheus.observeStores({
    state: () => 'up',
    hasNearCopies: undefined,
    sessionsHeld: () => ({ count: 0, max: 0 }),
    unopenedRecords: () => 0,
  });
  return prometheus.describe();
}

/** The gateway's own metrics. */
export function metricsTable(): Table {
  return {
    columns: ['metric', 'type', 'labels', 'meaning'],
    rows: allMetrics()
      .filter(({ name }) => name.startsWith('gateway_'))
      .map(({ name, type, labels, help }) => [code(name), type, labels.map(code).join(', '), help]),
  };
}
