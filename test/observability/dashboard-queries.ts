import { dashboard, filledIn, legendOf, type Panel, rateInterval, type Target } from '../harness/grafana-dashboard.js';
import type { PrometheusProcess, PrometheusSeries, QueryRange } from '../harness/prometheus.js';

/** Seconds. */
const SCRAPE_INTERVAL = 1;
const STEP = 1;

/** A query with its answers. */
export interface Answered extends Target {
  /** Over the whole run. */
  readonly series: readonly PrometheusSeries[];
  /** At its end, when all is well again. */
  readonly last: readonly PrometheusSeries[];
}

/** A series as the page draws it. */
export interface DrawnSeries {
  readonly legend: string;
  /** One for each step, null if there is none. */
  readonly values: readonly (number | null)[];
  /** What a panel with one number shows. */
  readonly last: number;
}

/** Asks the queries of the dashboard as Grafana does, over the seconds of a run. */
export class DashboardQueries {
  readonly range: QueryRange;
  readonly #prometheus: PrometheusProcess;

  constructor(prometheus: PrometheusProcess, start: number, end: number) {
    this.#prometheus = prometheus;
    this.range = { start, end, step: STEP };
  }

  /** @param chosen the job, of which all instances are asked for */
  async ask({ targets = [] }: Panel, chosen: string): Promise<Answered[]> {
    const job = [chosen];
    const instance = await this.labelValues('instance', { job });
    const variables = { job, instance, __rate_interval: `${rateInterval(STEP, SCRAPE_INTERVAL)}s` };
    return Promise.all(
      targets.map(async (target) => {
        const query = filledIn(target.expr, variables);
        const [series, last] = await Promise.all([
          this.#prometheus.range(query, this.range),
          this.#prometheus.instant(query, this.range.end),
        ]);
        return { ...target, series, last };
      }),
    );
  }

  /** What a variable of the dashboard offers to choose from. */
  async labelValues(name: string, variables: Readonly<Record<string, readonly string[]>>): Promise<readonly string[]> {
    const { definition = '' } = dashboard.templating.list.find((variable) => variable.name === name) ?? {};
    const [, selector = '', label = ''] = /^label_values\((.*), (\w+)\)$/.exec(definition) ?? [];
    return this.#prometheus.labelValues(label, filledIn(selector, variables));
  }

  drawn({ legendFormat, series, last }: Answered): DrawnSeries[] {
    const { start, end, step } = this.range;
    const steps = Math.floor((end - start) / step) + 1;
    return series.map(({ metric, values }) => {
      const numbers = new Map(values.map(([time, value]) => [time, Number(value)]));
      return {
        legend: legendOf(legendFormat, metric),
        values: Array.from({ length: steps }, (_, i) => numbers.get(start + i * step) ?? null),
        last: Number(last[0]?.values[0]?.[1]),
      };
    });
  }
}

export function numbersOf({ values }: PrometheusSeries): number[] {
  return values.map(([, value]) => Number(value));
}
