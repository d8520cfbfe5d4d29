import { readFileSync } from 'node:fs';
import { alertRules } from '../../tools/tables/alerts.js';
import { DOOR } from '../harness/back-end.js';
import { launchBrowser } from '../harness/browser.js';
import { Fleet } from '../harness/fleet.js';
import { dashboard, graphs, labelsOf, legendOf, type Panel } from '../harness/grafana-dashboard.js';
import { startOtlpReceiver } from '../harness/otlp-receiver.js';
import { describeWithPrometheus, PrometheusProcess } from '../harness/prometheus.js';
import { INCIDENTS } from './dashboard-incidents.js';
import { DashboardLoad } from './dashboard-load.js';
import { type Answered, DashboardQueries, numbersOf } from './dashboard-queries.js';

jest.setTimeout(240_000);

/** Draws the picture of the dashboard anew: `npm run pictures`. */
const PICTURE = 'docs/pictures/dashboard.png';
const RULES = 'docs/observability/alerts.yml';
const PAGE = new URL('dashboard.html', import.meta.url);
const UPLOT = new URL('../../node_modules/uplot/dist/', import.meta.url).pathname;

const JOB = 'weixin-phone-gateway';
/** A third gateway keeps its sessions in the process. */
const IN_MEMORY = 'in-memory';
/** Panels that another job is chosen for, with the reason. */
const OTHER_JOBS: Readonly<Record<string, string>> = {
  // With Redis no process holds sessions.
  'Sessions in the process': IN_MEMORY,
};

describeWithPrometheus('the dashboard, asked of a real Prometheus', () => {
  const started: { stop(): Promise<void> }[] = [];
  let prometheus: PrometheusProcess;
  let queries: DashboardQueries;
  let began: number;
  const answers = new Map<Panel, readonly Answered[]>();

  beforeAll(async () => {
    const collector = await startOtlpReceiver();
    started.push({ stop: () => collector.close() });
    const fleet = await startFleet(collector.origin);
    started.push(fleet);
    const scraped = await Promise.all(
      fleet.gateways.map(async ({ process }, i) => ({
        job: i < 2 ? JOB : IN_MEMORY,
        instance: i < 2 ? `gateway-${i + 1}` : IN_MEMORY,
        url: String((await process.line('metrics'))['url']),
      })),
    );
    prometheus = await PrometheusProcess.start(scraped, [RULES]);
    started.push(prometheus);
    const doors = await Promise.all([0, 1].map(async (i) => (await fleet.at(i).process.line('back ends'))['url']));
    began = Math.floor(Date.now() / 1000);
    await new DashboardLoad(fleet, doors.map(String)).run();
    queries = new DashboardQueries(prometheus, began, Math.floor(Date.now() / 1000));
    for (const panel of graphs) answers.set(panel, await queries.ask(panel, OTHER_JOBS[panel.title] ?? JOB));
  });

  afterAll(async () => {
    for (const each of started.reverse()) await each.stop();
  });

  test('the variables offer every job and its instances', async () => {
    expect(await queries.labelValues('job', {})).toEqual([IN_MEMORY, JOB]);
    expect(await queries.labelValues('instance', { job: [JOB] })).toEqual(['gateway-1', 'gateway-2']);
  });

  test.each(graphs)('$title: each query has series, with the labels of its legend', (panel) => {
    for (const { expr, legendFormat, series } of answers.get(panel) ?? []) {
      expect({ expr, series: series.length }).not.toEqual({ expr, series: 0 });
      const labels = new Set(series.flatMap(({ metric }) => Object.keys(metric)));
      expect([...labels]).toEqual(expect.arrayContaining([...labelsOf(legendFormat)]));
      const legends = series.map(({ metric }) => legendOf(legendFormat, metric));
      expect(new Set(legends).size).toBe(legends.length);
    }
  });

  test.each(graphs)('$title: something other than zero was to be seen', (panel) => {
    const numbers = (answers.get(panel) ?? []).flatMap(({ series }) => series.flatMap(numbersOf));
    expect(numbers.some((number) => number > 0)).toBe(true);
  });

  const stats = graphs.filter(({ type }) => type === 'stat');
  test.each(stats)('$title: there is a value also when all is well', (panel) => {
    expect(panel.targets?.map(({ instant }) => instant)).toEqual([true]);
    expect(answers.get(panel)?.map(({ last }) => last.length)).toEqual([1]);
  });

  test('every alert rule has been evaluated without an error', async () => {
    const rules = await prometheus.rules();
    expect(rules.map(({ name }) => name)).toEqual(alertRules().map(({ alert }) => alert));
    expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
  });

  test('dashboard.png', async () => {
    const drawn = dashboard.panels.map((panel) => ({
      ...panel,
      series: answers.get(panel)?.flatMap((each) => queries.drawn(each)),
    }));
    const incidents = INCIDENTS.map(({ at, title }) => ({ at: began + at, title }));
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 1320, height: 800 } });
      const errors: string[] = [];
      page.on('pageerror', ({ message }) => errors.push(message));
      await page.setContent(readFileSync(PAGE, 'utf8'));
      await page.addStyleTag({ path: `${UPLOT}uPlot.min.css` });
      await page.addScriptTag({ path: `${UPLOT}uPlot.iife.min.js` });
      await page.evaluate(`draw(${JSON.stringify({ panels: drawn, range: queries.range, incidents })})`);
      const png = await page.screenshot({ path: PICTURE, fullPage: true });
      expect(errors).toEqual([]);
      expect(png.byteLength).toBeLessThan(420_000);
    } finally {
      await browser.close();
    }
  });
});

/** Two gateways with one Redis, every port open, and a third that keeps its sessions itself. */
async function startFleet(collector: string): Promise<Fleet> {
  const fleet = await Fleet.start({
    env: {
      ...DOOR,
      METRICS_PORT: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector,
      WEIXIN_TIMEOUT_MS: '1000',
      DECRYPT_LIMIT_PER_USER: '120',
      OVERLOAD_IN_FLIGHT: '60',
    },
  });
  await fleet.add({ REDIS_URL: '', STORE_KEYS: '', SESSION_MAX: '150' });
  return fleet;
}
