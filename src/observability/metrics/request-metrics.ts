import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Metrics } from '../../domain/metrics.js';
import { KEY_AGES, SECONDS } from './buckets.js';

type RequestMetrics = Pick<
  Metrics,
  | 'operation'
  | 'documentOpened'
  | 'budgetSpent'
  | 'rateLimited'
  | 'shed'
  | 'backendRequest'
  | 'observeInFlight'
  | 'spans'
>;

/** What clients and back ends ask for, what they get, and what is rejected. */
export function requestMetrics(registry: Registry): RequestMetrics {
  const registers = [registry];
  const operations = new Histogram({
    name: 'gateway_operation_seconds',
    help: 'Operations by root field, the type of their answer and its error code.',
    labelNames: ['operation', 'result', 'code'],
    buckets: SECONDS,
    registers,
  });
  const keyAges = new Histogram({
    name: 'gateway_opened_document_key_age_seconds',
    help: 'Documents opened, by the state and the age of their key: "superseded" is a refresh race that cost nothing.',
    labelNames: ['key'],
    buckets: KEY_AGES,
    registers,
  });
  const budgetsSpent = new Counter({
    name: 'gateway_failure_budget_refusals_total',
    help: 'Attempts rejected because the failure budget of every session key was used up.',
    registers,
  });
  const rateLimited = new Counter({
    name: 'gateway_rate_limit_refusals_total',
    help: 'Requests rejected by a rate limit: login_by_address, login_by_app, weixin_by_user, decrypt_by_user or backend_by_client.',
    labelNames: ['limit'],
    registers,
  });
  const shed = new Counter({
    name: 'gateway_requests_shed_total',
    help: 'Requests rejected with 503 because of overload.',
    registers,
  });
  const backendRequests = new Counter({
    name: 'gateway_backend_requests_total',
    help: 'Requests of your back ends by endpoint, the id of the client and the answer; no client if the credentials were wrong.',
    labelNames: ['endpoint', 'client', 'outcome'],
    registers,
  });
  const spans = new Counter({
    name: 'gateway_spans_total',
    help: 'Spans that the OpenTelemetry collector took ("exported"), and spans that were given up ("lost").',
    labelNames: ['outcome'],
    registers,
  });
  return {
    operation: (operation, result, code, seconds) => operations.observe({ operation, result, code }, seconds),
    documentOpened: (key, age) => keyAges.observe({ key }, age),
    budgetSpent: () => budgetsSpent.inc(),
    rateLimited: (limit) => rateLimited.inc({ limit }),
    shed: () => shed.inc(),
    backendRequest: (endpoint, client, outcome) => backendRequests.inc({ endpoint, client, outcome }),
    observeInFlight: (count) => {
      const inFlight: Gauge = new Gauge({
        name: 'gateway_requests_in_flight',
        help: 'Requests to the API that have been read and are not answered yet.',
        registers,
        collect: () => inFlight.set(count()),
      });
    },
    spans: (outcome, count) => spans.inc({ outcome }, count),
  };
}
