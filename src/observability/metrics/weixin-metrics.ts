import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Metrics } from '../../domain/metrics.js';
import { AccessTokenGauges } from './access-token-gauges.js';
import { BoundedLabel } from './bounded-label.js';
import { SECONDS } from './buckets.js';

/** Most values of the outcome and errcode labels; Weixin documents a few dozen errcodes for these endpoints. */
const MAX_OUTCOMES = 200;
/** Most apps that have a value of their own; the others are `other` together. */
export const MAX_APPS = 200;

type WeixinMetrics = Pick<
  Metrics,
  'weixinCall' | 'weixinRefused' | 'weixinOperatorError' | 'weixinBreaker' | 'observeApps' | 'accessToken'
>;

/** How Weixin answers, and what the gateway needs of it. */
export function weixinMetrics(registry: Registry): WeixinMetrics {
  const registers = [registry];
  // Errcodes come from outside.
  const outcomes = new BoundedLabel(MAX_OUTCOMES);
  const apps = new BoundedLabel(MAX_APPS);
  const calls = new Histogram({
    name: 'gateway_weixin_call_seconds',
    help: 'Calls of Weixin by endpoint and errcode; "unreadable" if the answer was of no use, "lost" if none came.',
    labelNames: ['endpoint', 'outcome'],
    buckets: SECONDS,
    registers,
  });
  const operatorErrors = new Counter({
    name: 'gateway_weixin_operator_errors_total',
    help: 'Errcodes of Weixin that only the operator can do something about, by endpoint.',
    labelNames: ['endpoint', 'errcode'],
    registers,
  });
  const refusals = new Counter({
    name: 'gateway_weixin_refusals_total',
    help: 'Calls of Weixin that were not made: its breaker is open, or too many calls are in flight.',
    labelNames: ['endpoint', 'cause'],
    registers,
  });
  const breakers = new Gauge({
    name: 'gateway_weixin_breaker_open',
    help: '1 while the breaker of this app and endpoint is open, and one call a second tests Weixin; app "other" beyond 100 of them.',
    labelNames: ['app', 'endpoint'],
    registers,
  });
  const tokens = new AccessTokenGauges(registry, apps);
  return {
    weixinCall: (endpoint, outcome, seconds) => calls.observe({ endpoint, outcome: outcomes.label(outcome) }, seconds),
    weixinRefused: (endpoint, cause) => refusals.inc({ endpoint, cause }),
    weixinOperatorError: (endpoint, errcode) => {
      operatorErrors.inc({ endpoint, errcode: outcomes.label(String(errcode)) });
    },
    weixinBreaker: (app, endpoint, isOpen) => {
      // A closed breaker has no series, so that their number does not grow with the apps.
      if (isOpen) breakers.set({ app, endpoint }, 1);
      else breakers.remove({ app, endpoint });
    },
    observeApps: (count) => {
      const gauge: Gauge = new Gauge({
        name: 'gateway_apps',
        help: 'Mini Programs that are configured.',
        registers,
        collect: () => gauge.set(count()),
      });
    },
    accessToken: (appId, seconds) => tokens.hold(appId, seconds),
  };
}
