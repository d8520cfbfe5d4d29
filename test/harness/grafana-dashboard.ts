import { readFileSync } from 'node:fs';

/** A query of a panel. */
export interface Target {
  readonly expr: string;
  /** Text with `{{label}}`. */
  readonly legendFormat: string;
  /** Asked for the last moment only. */
  readonly instant?: boolean;
}

/** What the tests know of a panel of Grafana. */
export interface Panel {
  readonly type: 'row' | 'stat' | 'timeseries';
  readonly title: string;
  readonly description?: string;
  readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>;
  readonly fieldConfig?: { readonly defaults: { readonly unit: string } };
  readonly targets?: readonly Target[];
}

interface Dashboard {
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly definition?: string }[] };
}

/** The shipped dashboard. */
export const dashboard = JSON.parse(
  readFileSync(new URL('../../docs/observability/dashboard.json', import.meta.url), 'utf8'),
) as Dashboard;

/** The panels that ask for something. */
export const graphs = dashboard.panels.filter(({ targets = [] }) => targets.length > 0);

/** The labels that a legend names. */
export function labelsOf(legend: string): readonly string[] {
  return [...legend.matchAll(/{{(\w+)}}/g)].map(([, label = '']) => label);
}

/** The text of a series in the legend. */
export function legendOf(legend: string, labels: Readonly<Record<string, string>>): string {
  return legend.replaceAll(/{{(\w+)}}/g, (_, label: string) => labels[label] ?? '').trim();
}

/** $__rate_interval, as Grafana computes it. Seconds. */
export function rateInterval(step: number, scrapeInterval: number): number {
  return Math.max(step + scrapeInterval, 4 * scrapeInterval);
}

/** A query with its variables filled in; several values become an alternative, as in Grafana. */
export function filledIn(query: string, variables: Readonly<Record<string, readonly string[] | string>>): string {
  return query.replaceAll(/\$(\w+)/g, (name, variable: string) => {
    const value = variables[variable];
    if (value === undefined) throw new Error(`The dashboard has no variable ${name}.`);
    return typeof value === 'string' ? value : alternative(value.map(escaped));
  });
}

function alternative(values: readonly string[]): string {
  return values.length === 1 ? values.join() : `(${values.join('|')})`;
}

/** For a regular expression within a quoted text. */
function escaped(value: string): string {
  return value.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\\\$&');
}
