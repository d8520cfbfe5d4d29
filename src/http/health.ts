import type { FastifyInstance } from 'fastify';
import type { StoreState } from '../stores/stores.js';
import type { InFlight } from './in-flight.js';

/** Whether the process takes requests. While it drains after the signal to stop, it still answers. */
export type Readiness = 'starting' | 'ready' | 'draining';

export interface HealthOptions {
  readonly readiness: () => Readiness;
  readonly inFlight: InFlight;
  readonly store: () => StoreState;
}

/**
 * Registers the probes: `/healthz` succeeds while the process lives, `/readyz` while it takes requests. A lost store
 * changes only the body: otherwise every instance would be unready at once, and none could answer typed errors.
 */
export function healthRoutes(server: FastifyInstance, { readiness, inFlight, store }: HealthOptions): void {
  server.get('/healthz', async () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    const status = readiness() === 'ready' && inFlight.isStuck ? 'overloaded' : readiness();
    return reply.code(status === 'ready' ? 200 : 503).send({ status, store: store() });
  });
}
