import type { FastifyRequest } from 'fastify';
import type { Log } from '../../domain/log.js';
import type { BackendOutcome, Metrics } from '../../domain/metrics.js';
import { traceparent } from '../traceparent.js';

interface Use {
  readonly endpoint: string;
  /** Empty until the credentials are known to be right: before that it may be anything, a secret in the wrong field too. */
  client: string;
  outcome: BackendOutcome;
}

/** Puts every use of the door for back ends into the log and the metric. */
export class Uses {
  readonly #log: Log;
  readonly #metrics: Metrics;
  readonly #uses = new WeakMap<FastifyRequest, Use>();

  constructor(log: Log, metrics: Metrics) {
    this.#log = log;
    this.#metrics = metrics;
  }

  begin(request: FastifyRequest, endpoint: string): void {
    this.#uses.set(request, { endpoint, client: '', outcome: 'server_error' });
  }

  by(request: FastifyRequest, client: string): void {
    const use = this.#uses.get(request);
    if (use !== undefined) use.client = client;
  }

  end(request: FastifyRequest, outcome: BackendOutcome): void {
    const use = this.#uses.get(request);
    if (use !== undefined) use.outcome = outcome;
  }

  record(request: FastifyRequest): void {
    const use = this.#uses.get(request);
    if (use === undefined) return;
    const { endpoint, client, outcome } = use;
    this.#metrics.backendRequest(endpoint, client, outcome);
    if (client === '') {
      // Named so, repeated lines are counted instead of written: a stranger cannot fill the log.
      this.#log.warn({ endpoint, reason: outcome }, 'a request at the door for back ends had wrong credentials');
    } else {
      const about = { requestId: request.id, traceparent: traceparent(request) };
      this.#log.info({ ...about, client, endpoint, outcome }, 'back end');
    }
  }
}
