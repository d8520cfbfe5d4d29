import { fastify, type FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, type MetricObject, Registry } from 'prom-client';
import type { BackendOutcome, Metrics, RateLimitName } from '../domain/metrics.js';
import type { Stores } from '../stores/stores.js';

/** Buckets in seconds: an operation in memory takes under one millisecond, Weixin's deadline is 2.5 s by default. */
const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Buckets in seconds: from a tap right after a login to a key that is older than the longest session by default. */
const KEY_AGES = [1, 10, 60, 600, 3600, 6 * 3600, 24 * 3600, 3 * 24 * 3600, 7 * 24 * 3600];

/** A metric as docs/observability.md lists it. */
export interface MetricDescription {
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
  readonly help: string;
}

/** What the metrics ask the stores. */
export type ObservedStore = Pick<Stores, 'state' | 'hasNearCopies' | 'unopenedRecords'>;

/** Most values of the outcome and errcode labels; Weixin documents a few dozen errcodes for these endpoints. */
const MAX_OUTCOMES = 200;

/** Metrics for Prometheus, and the endpoint that it scrapes. */
export class PrometheusMetrics implements Metrics {
  readonly #registry = new Registry();
  /** Errcodes come from outside, so their number is bounded here. */
  readonly #outcomes = new BoundedLabel(MAX_OUTCOMES);
  readonly #operations = new Histogram({
    name: 'gateway_operation_seconds',
    help: 'Operations by root field, the type of their answer and its error code.',
    labelNames: ['operation', 'result', 'code'],
    buckets: SECONDS,
    registers: [this.#registry],
  });
  readonly #weixinCalls = new Histogram({
    name: 'gateway_weixin_call_seconds',
    help: 'Calls of Weixin by endpoint and errcode; "unreadable" if the answer was of no use, "lost" if none came.',
    labelNames: ['endpoint', 'outcome'],
    buckets: SECONDS,
    registers: [this.#registry],
  });
  readonly #operatorErrors = new Counter({
    name: 'gateway_weixin_operator_errors_total',
    help: 'Errcodes of Weixin that only the operator can do something about, by endpoint.',
    labelNames: ['endpoint', 'errcode'],
    registers: [this.#registry],
  });
  readonly #weixinRefusals = new Counter({
    name: 'gateway_weixin_refusals_total',
    help: 'Calls of Weixin that were not made: its breaker is open, or too many calls are in flight.',
    labelNames: ['endpoint', 'cause'],
    registers: [this.#registry],
  });
  readonly #weixinBreakers = new Gauge({
    name: 'gateway_weixin_breaker_open',
    help: '1 while the breaker of this app and endpoint is open, and one call a second tests Weixin.',
    labelNames: ['app', 'endpoint'],
    registers: [this.#registry],
  });
  readonly #keyAges = new Histogram({
    name: 'gateway_opened_document_key_age_seconds',
    help: 'Documents opened, by the state and the age of their key: "superseded" is a refresh race that cost nothing.',
    labelNames: ['key'],
    buckets: KEY_AGES,
    registers: [this.#registry],
  });
  readonly #budgetsSpent = new Counter({
    name: 'gateway_failure_budget_refusals_total',
    help: 'Attempts rejected because the failure budget of every session key was used up.',
    registers: [this.#registry],
  });

  readonly #rateLimited = new Counter({
    name: 'gateway_rate_limit_refusals_total',
    help: 'Requests rejected by a rate limit: login_by_address, login_by_app, weixin_by_user, decrypt_by_user or backend_by_client.',
    labelNames: ['limit'],
    registers: [this.#registry],
  });
  readonly #shed = new Counter({
    name: 'gateway_requests_shed_total',
    help: 'Requests rejected with 503 because of overload.',
    registers: [this.#registry],
  });
  readonly #backendRequests = new Counter({
    name: 'gateway_backend_requests_total',
    help: 'Requests of your back ends by endpoint, the id of the client and the answer; no client if the credentials were wrong.',
    labelNames: ['endpoint', 'client', 'outcome'],
    registers: [this.#registry],
  });

  /** @param store asked at every scrape */
  constructor(store: ObservedStore) {
    const up: Gauge = new Gauge({
      name: 'gateway_store_up',
      help: '1 while the session store answers and takes writes, 0 while Redis is unreachable or refuses them.',
      registers: [this.#registry],
      collect: () => {
        up.set(store.state() === 'up' ? 1 : 0);
      },
    });
    const near: Gauge = new Gauge({
      name: 'gateway_store_near_copies',
      help: '1 while Redis tracks client-side copies for the gateway, 0 while every read asks it or the store is in the process.',
      registers: [this.#registry],
      collect: () => {
        near.set(store.hasNearCopies?.() === true ? 1 : 0);
      },
    });
    const unopened: Counter = new Counter({
      name: 'gateway_store_unopened_records_total',
      help: 'Records of Redis that opened under none of STORE_KEYS: others write under the same prefix, or a key was dropped too soon.',
      registers: [this.#registry],
      collect: () => {
        unopened.reset();
        unopened.inc(store.unopenedRecords());
      },
    });
    collectDefaultMetrics({ register: this.#registry });
  }

  operation(operation: string, result: string, code: string, seconds: number): void {
    this.#operations.observe({ operation, result, code }, seconds);
  }

  weixinCall(endpoint: string, outcome: string, seconds: number): void {
    this.#weixinCalls.observe({ endpoint, outcome: this.#outcomes.label(outcome) }, seconds);
  }

  weixinRefused(endpoint: string, cause: 'breaker' | 'in_flight'): void {
    this.#weixinRefusals.inc({ endpoint, cause });
  }

  weixinOperatorError(endpoint: string, errcode: number): void {
    this.#operatorErrors.inc({ endpoint, errcode: this.#outcomes.label(String(errcode)) });
  }

  weixinBreaker(app: string, endpoint: string, isOpen: boolean): void {
    this.#weixinBreakers.set({ app, endpoint }, isOpen ? 1 : 0);
  }

  documentOpened(key: 'current' | 'superseded', age: number): void {
    this.#keyAges.observe({ key }, age);
  }

  rateLimited(limit: RateLimitName): void {
    this.#rateLimited.inc({ limit });
  }

  shed(): void {
    this.#shed.inc();
  }

  observeInFlight(count: () => number): void {
    const inFlight: Gauge = new Gauge({
      name: 'gateway_requests_in_flight',
      help: 'Requests to the API that have been read and are not answered yet.',
      registers: [this.#registry],
      collect: () => inFlight.set(count()),
    });
  }

  budgetSpent(): void {
    this.#budgetsSpent.inc();
  }

  backendRequest(endpoint: string, client: string, outcome: BackendOutcome): void {
    this.#backendRequests.inc({ endpoint, client, outcome });
  }

  /** The gateway's own metrics, without those of Node. */
  describe(): readonly MetricDescription[] {
    // prom-client's type lacks the labels.
    const metrics: readonly (MetricObject & { readonly labelNames?: readonly string[] })[] =
      this.#registry.getMetricsAsArray();
    return metrics
      .filter(({ name }) => name.startsWith('gateway_'))
      .map(({ name, type, labelNames = [], help }) => ({ name, type: String(type), labels: labelNames, help }));
  }

  /**
   * Creates a server for `/metrics`, which does not listen yet. It is separate, because metrics must not be on the
   * public endpoint.
   */
  createServer(): FastifyInstance {
    const server = fastify({ logger: false, requestTimeout: 10_000 });
    server.get('/metrics', async (_request, reply) =>
      reply.type(this.#registry.contentType).send(await this.#registry.metrics()),
    );
    return server;
  }
}

/** Bounds the values of a label: after the first `max` values, new ones become `other`. */
class BoundedLabel {
  readonly #max: number;
  readonly #known = new Set<string>();

  constructor(max: number) {
    this.#max = max;
  }

  label(value: string): string {
    if (this.#known.has(value)) return value;
    if (this.#known.size >= this.#max) return 'other';
    this.#known.add(value);
    return value;
  }
}
