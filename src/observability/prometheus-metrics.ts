import { fastify, type FastifyInstance } from 'fastify';
import { collectDefaultMetrics, type MetricObject, Registry } from 'prom-client';
import type { Metrics } from '../domain/metrics.js';
import { redisMetrics } from './metrics/redis-metrics.js';
import { requestMetrics } from './metrics/request-metrics.js';
import { type ObservedStores, storeMetrics } from './metrics/store-metrics.js';
import { weixinMetrics } from './metrics/weixin-metrics.js';

/** A metric as docs/observability.md lists it. */
export interface MetricDescription {
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
  readonly help: string;
}

/** Metrics for Prometheus, and the endpoint that it scrapes. */
export class PrometheusMetrics {
  readonly #registry = new Registry();
  readonly metrics: Metrics = {
    ...requestMetrics(this.#registry),
    ...weixinMetrics(this.#registry),
    ...redisMetrics(this.#registry),
  };

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  observeStores(stores: ObservedStores): void {
    storeMetrics(this.#registry, stores);
  }

  /** The gateway's own metrics, and those of Node. */
  describe(): readonly MetricDescription[] {
    // prom-client's type lacks the labels.
    const metrics: readonly (MetricObject & { readonly labelNames?: readonly string[] })[] =
      this.#registry.getMetricsAsArray();
    return metrics.map(({ name, type, labelNames = [], help }) => ({
      name,
      type: String(type),
      labels: labelNames,
      help,
    }));
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
