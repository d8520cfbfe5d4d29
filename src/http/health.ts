import type { FastifyInstance } from 'fastify';

/** Whether the process takes requests. It drains when it was told to stop and still answers. */
export type Readiness = 'starting' | 'ready' | 'draining';

/** Probes: `/healthz` while the process lives, `/readyz` while it takes requests. */
export function healthRoutes(server: FastifyInstance, readiness: () => Readiness): void {
  server.get('/healthz', async () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    const status = readiness();
    return reply.code(status === 'ready' ? 200 : 503).send({ status });
  });
}
