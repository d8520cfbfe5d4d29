import type { AppId } from '../../src/domain/app.js';
import { MAX_APPS } from '../../src/observability/metrics/weixin-metrics.js';
import { PrometheusMetrics } from '../../src/observability/prometheus-metrics.js';

const MORE = 50;
const apps = Array.from({ length: MAX_APPS + MORE }, (_, i) => `wx${String(i).padStart(16, '0')}` as AppId);

async function scrape(prometheus: PrometheusMetrics): Promise<string> {
  const server = prometheus.createServer();
  const { payload } = await server.inject('/metrics');
  await server.close();
  return payload;
}

test('of the access tokens of apps that share a label, the one that ends first is told', async () => {
  const prometheus = new PrometheusMetrics();
  apps.forEach((app, i) => prometheus.metrics.accessToken(app, 7_200 - i));
  const text = await scrape(prometheus);
  expect(text.match(/^gateway_weixin_access_token_left_seconds\{/gm)).toHaveLength(MAX_APPS + 1);
  const left = Number(/^gateway_weixin_access_token_left_seconds\{app="other"\} (\S+)$/m.exec(text)?.[1]);
  const expected = 7_200 - apps.length + 1;
  expect(left).toBeGreaterThan(expected - 60);
  expect(left).toBeLessThanOrEqual(expected);
  expect(text).toMatch(/^gateway_weixin_access_token_age_seconds\{app="other"\} \d/m);
});
