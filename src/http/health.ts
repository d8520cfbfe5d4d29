import type { FastifyInstance } from 'fastify';

/** Whether the process takes requests. It drains when it was told to stop and still answers. */
export type Readiness = 'starting' | 'ready' | 'draining';

/** Whether the store that sessions live in answers; one in this process always does. */
export type StoreState = 'up' | 'down';

/**
 * Probes: `/healthz` while the process lives, `/readyz` while it takes requests. A lost store
 * changes only the body: with every instance unready at once, a balancer would have none left to answer typed errors.
 */
export function healthRoutes(server: FastifyInstance, readiness: () => Readiness, store: () => StoreState): void {
  server.get('/healthz', async () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    const status = readiness();
    return reply.code(status === 'ready' ? 200 : 503).send({ status, store: store() });
  });
}
