/** The value of a metric without labels, as Prometheus would scrape it; fails if there is none of that name. */
export async function metricValue(metricsUrl: string | undefined, name: string): Promise<number> {
  const text = await (await fetch(`${metricsUrl ?? ''}/metrics`)).text();
  const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1];
  if (value === undefined) throw new Error(`There is no metric ${name}.`);
  return Number(value);
}
