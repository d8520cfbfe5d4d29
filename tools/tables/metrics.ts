import { PrometheusMetrics } from '../../src/observability/prometheus-metrics.js';
import { code, type Table } from './table.js';

/** The gateway's own metrics, in the order in which they are registered. */
export function metricsTable(): Table {
  const metrics = new PrometheusMetrics({ state: () => 'up', hasNearCopies: undefined, unopenedRecords: () => 0 });
  metrics.observeInFlight(() => 0);
  return {
    columns: ['metric', 'type', 'labels', 'meaning'],
    rows: metrics
      .describe()
      .map(({ name, type, labels, help }) => [code(name), type, labels.map(code).join(', '), help]),
  };
}
