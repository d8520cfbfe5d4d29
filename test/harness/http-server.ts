import type { FastifyInstance } from 'fastify';
import type { Log } from '../../src/domain/log.js';
import { noMetrics } from '../../src/domain/metrics.js';
import { createApolloServer } from '../../src/graphql/execution/apollo-server.js';
import { buildGatewaySchema, type SchemaServices } from '../../src/graphql/schema.js';
import { createHttpServer, type HttpServerOptions } from '../../src/http/http-server.js';

/** The public endpoint on these services alone, not yet listening. */
export async function httpServerOn(
  services: Partial<SchemaServices>,
  log: Log,
  options: Partial<HttpServerOptions> = {},
): Promise<FastifyInstance> {
  const schema = await buildGatewaySchema({ apps: new Map(), metrics: noMetrics, ...services } as SchemaServices);
  const apollo = createApolloServer({ schema, log, introspection: true });
  await apollo.start();
  return createHttpServer({
    apollo,
    log,
    metrics: noMetrics,
    readiness: () => 'ready',
    storeState: () => 'up',
    discovery: { issuer: 'http://localhost', jwks: { keys: [] }, algorithms: [], introspectionEndpoint: undefined },
    trustedDocuments: undefined,
    pages: undefined,
    allowedHosts: undefined,
    corsOrigins: [],
    trustProxy: 0,
    overload: { inFlight: 100, delay: 10_000 },
    maxConnections: 100,
    ...options,
  });
}
