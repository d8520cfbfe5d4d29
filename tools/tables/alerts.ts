import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { PACKAGE_ROOT } from '../package-root.js';
import { code, type Table } from './table.js';

export interface AlertRule {
  readonly alert: string;
  /** PromQL. */
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly action: string };
}

/** The shipped rules for Prometheus. */
export function alertRules(): readonly AlertRule[] {
  const text = readFileSync(new URL('docs/observability/alerts.yml', PACKAGE_ROOT), 'utf8');
  const { groups } = parse(text) as { readonly groups: readonly { readonly rules: readonly AlertRule[] }[] };
  return groups.flatMap(({ rules }) => rules);
}

export function alertsTable(): Table {
  return {
    columns: ['alert', 'severity', 'situation', 'what to do'],
    rows: alertRules().map(({ alert, labels, annotations }) => [
      code(alert),
      labels.severity,
      annotations.summary,
      annotations.action,
    ]),
  };
}
