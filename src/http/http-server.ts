import type { ApolloServer } from '@apollo/server';
import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import type { Log } from '../domain/log.js';
import type { Metrics } from '../domain/metrics.js';
import type { Tracing } from '../domain/tracing.js';
import type { TrustedDocuments } from '../graphql/limits/trusted-documents.js';
import type { RequestContext } from '../graphql/request-context.js';
import type { StoreState } from '../stores/stores.js';
import { allowHosts } from './allowed-hosts.js';
import { createBaseServer, type HttpTimeouts } from './base-server.js';
import { type Discovery, discoveryRoutes } from './discovery.js';
import { graphqlRoute } from './graphql-route.js';
import { healthRoutes, type Readiness } from './health.js';
import { InFlight, type LoadLimits } from './in-flight.js';
import { acceptJsonOnly } from './json-body.js';
import { graphqlErrorBody } from './parser-errors.js';
import { tellRejectedPreflights } from './rejected-preflights.js';
import { answerErrorsAsJson } from './request-error.js';

/** Largest body of a request in bytes; those of the shipped operations are under 1 KiB. */
export const MAX_BODY_BYTES = 32 * 1024;

/** Pages that only development has. */
export interface DevelopmentPages {
  /** The page for browsers at GET /graphql. */
  readonly graphqlPage: () => string;
  readonly routes: (server: FastifyInstance) => void;
}

export interface HttpServerOptions {
  readonly apollo: ApolloServer<RequestContext>;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracing?: Tracing;
  readonly readiness: () => Readiness;
  readonly storeState: () => StoreState;
  /** Public keys of proofs, and the metadata that lead to them. */
  readonly discovery: Discovery;
  /** Allow list of operations; undefined: any operation of the schema. */
  readonly trustedDocuments: TrustedDocuments | undefined;
  /** undefined in production. */
  readonly pages: DevelopmentPages | undefined;
  /** Hosts answered besides loopback names; undefined: every host. */
  readonly allowedHosts: readonly string[] | undefined;
  /** Origins that browsers may call from. */
  readonly corsOrigins: readonly string[];
  /** Number of proxies in front that are trusted for the client's address. */
  readonly trustProxy: number;
  /** Requests to the API beyond these limits get 503. */
  readonly overload: LoadLimits;
  /** Connections at a time; one more is closed at once. */
  readonly maxConnections: number;
  readonly timeouts?: HttpTimeouts;
}

/** Creates the public endpoint, which does not listen yet. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const { apollo, log, metrics, readiness, pages, corsOrigins, trustProxy, maxConnections, timeouts } = options;
  const server = createBaseServer({
    bodyLimit: MAX_BODY_BYTES,
    maxConnections,
    trustProxy,
    readiness,
    errorBody: graphqlErrorBody,
    tracing: options.tracing,
    ...(timeouts && { timeouts }),
  });
  acceptJsonOnly(server);
  answerErrorsAsJson(server, log);
  if (options.allowedHosts !== undefined) allowHosts(server, options.allowedHosts);
  if (pages !== undefined) tellRejectedPreflights(server, corsOrigins, log);
  if (corsOrigins.length > 0) {
    await server.register(cors, {
      origin: [...corsOrigins],
      methods: ['GET', 'POST'],
      allowedHeaders: ['authorization', 'content-type'],
      exposedHeaders: ['x-request-id'],
      maxAge: 600,
    });
  }
  const inFlight = new InFlight(options.overload);
  metrics.observeInFlight(() => inFlight.count);
  healthRoutes(server, { readiness, inFlight, store: options.storeState });
  discoveryRoutes(server, options.discovery);
  graphqlRoute(server, {
    apollo,
    metrics,
    inFlight,
    trustedDocuments: options.trustedDocuments,
    page: pages?.graphqlPage,
  });
  pages?.routes(server);
  return server;
}
