import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { alertRules } from '../../tools/tables/alerts.js';
import { allMetrics } from '../../tools/tables/metrics.js';
import { graphs } from '../harness/grafana-dashboard.js';
import { describeWithPromtool } from '../harness/promtool.js';
import { run } from '../harness/child-process.js';
import { situations } from './alert-situations.js';

const RULES = 'docs/observability/alerts.yml';
const rules = alertRules();

/** Series of a metric, as they are named in queries. */
const series = new Set(
  allMetrics().flatMap(({ name, type }) =>
    type === 'histogram' || type === 'summary' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  ),
);

function unknownSeries(query: string): string[] {
  const named = query.match(/\b(?:gateway|nodejs|process)_[a-z0-9_]+/g) ?? [];
  return named.filter((name) => !series.has(name));
}

test.each(rules)('$alert asks for metrics that there are', ({ expr }) => {
  expect(unknownSeries(expr)).toEqual([]);
});

test.each(graphs)('the dashboard asks for metrics that there are: $title', ({ targets = [] }) => {
  for (const { expr } of targets) {
    expect(expr).toMatch(/(?:gateway|nodejs|process)_/);
    expect(unknownSeries(expr)).toEqual([]);
  }
});

test('the dashboard shows every metric of the gateway', () => {
  const queries = graphs.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)).join('\n');
  const own = allMetrics().filter(({ name }) => name.startsWith('gateway_'));
  expect(own.filter(({ name }) => !queries.includes(name)).map(({ name }) => name)).toEqual([]);
});

test('each alert has a situation', () => {
  expect(Object.keys(situations).sort()).toEqual(rules.map(({ alert }) => alert).sort());
});

describeWithPromtool('with promtool', () => {
  const folder = mkdtempSync(join(tmpdir(), 'alerts-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('Prometheus takes the rules', () => {
    expect(execFileSync('promtool', ['check', 'rules', RULES], { encoding: 'utf8' })).toContain('SUCCESS');
  });

  test.each(graphs)("Prometheus parses the dashboard's queries: $title", async ({ targets = [] }) => {
    const groups = targets.map(({ expr }, i) => ({
      name: `query-${i}`,
      rules: [{ record: `query_${i}`, expr: expr.replaceAll('$__rate_interval', '5m') }],
    }));
    const file = join(folder, 'queries.yml');
    writeFileSync(file, stringify({ groups }));
    expect(await run('promtool', ['check', 'rules', file], '')).toMatchObject({ status: 0, stderr: '' });
  });

  test.each(rules)('$alert fires in its situation, and in one that looks like it does not', async (rule) => {
    const { alert, labels, annotations } = rule;
    const situation = situations[alert];
    const firing = { exp_labels: { ...labels, ...situation?.labels }, exp_annotations: annotations };
    const samples = (values: Readonly<Record<string, string>> = {}) =>
      Object.entries(values).map(([name, value]) => ({ series: name, values: value }));
    const cases = [
      { input_series: samples(situation?.fires), exp_alerts: [firing] },
      { input_series: samples(situation?.quiet), exp_alerts: [] },
    ];
    const file = join(folder, 'situations.yml');
    const tests = cases.map(({ input_series, exp_alerts }) => ({
      interval: '1m',
      input_series,
      alert_rule_test: [{ eval_time: '20m', alertname: alert, exp_alerts }],
    }));
    writeFileSync(file, stringify({ rule_files: [resolve(RULES)], evaluation_interval: '1m', tests }));
    const { status, stdout, stderr } = await run('promtool', ['test', 'rules', file], '');
    expect(stdout + stderr).not.toContain('FAILED');
    expect(status).toBe(0);
  });
});
