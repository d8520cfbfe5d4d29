import { randomUUID } from 'node:crypto';
import type { ApolloServer } from '@apollo/server';
import cors from '@fastify/cors';
import { fastify, type FastifyInstance } from 'fastify';
import type { Milliseconds } from '../domain/clock.js';
import type { Log } from '../domain/log.js';
import type { Metrics } from '../domain/metrics.js';
import type { TrustedDocuments } from '../graphql/limits/trusted-documents.js';
import type { RequestContext } from '../graphql/request-context.js';
import type { StoreState } from '../stores/stores.js';
import { allowHosts } from './allowed-hosts.js';
import { graphqlRoute } from './graphql-route.js';
import { healthRoutes, type Readiness } from './health.js';
import { InFlight, type LoadLimits } from './in-flight.js';
import { acceptJsonOnly } from './json-body.js';
import { jwksRoute } from './jwks.js';
import { answerParserError, answerRequestsOfNode } from './parser-errors.js';
import { answerErrorsAsJson, answerHeaders, answerMalformedUrl } from './request-error.js';

/** Largest body of a request in bytes; those of the shipped operations are under 1 KiB. */
export const MAX_BODY_BYTES = 32 * 1024;

/** Deadline for a request to arrive in full. */
export const REQUEST_TIMEOUT: Milliseconds = 10_000;

/** Interval between checks for requests past REQUEST_TIMEOUT. */
const CHECK_INTERVAL: Milliseconds = 1_000;

/** Lifetime of an idle connection: longer than the 60 s of common balancers, so that they close it first. */
export const KEEP_ALIVE_TIMEOUT: Milliseconds = 72_000;

/**
 * Longest inactivity of a connection with a request in flight or an unread answer: longer than the maximum of
 * WEIXIN_TIMEOUT_MS.
 */
export const STALL_TIMEOUT: Milliseconds = 65_000;

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
  readonly readiness: () => Readiness;
  readonly storeState: () => StoreState;
  /** The public keys of proofs. */
  readonly jwks: object;
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

/** Default: the constants above. */
export interface HttpTimeouts {
  readonly request: Milliseconds;
  readonly check: Milliseconds;
  readonly stall: Milliseconds;
}

const TIMEOUTS: HttpTimeouts = { request: REQUEST_TIMEOUT, check: CHECK_INTERVAL, stall: STALL_TIMEOUT };

/** Creates the public endpoint, which does not listen yet. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const { apollo, log, metrics, readiness, pages, corsOrigins, trustProxy, timeouts = TIMEOUTS } = options;
  const server = fastify({
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: timeouts.request,
    http: { headersTimeout: timeouts.request, connectionsCheckingInterval: timeouts.check, requireHostHeader: false },
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT,
    connectionTimeout: timeouts.stall,
    // Answer requests on open connections while the server closes: a balancer would pass a 503 on.
    return503OnClosing: false,
    trustProxy: (_address, hop) => hop < trustProxy,
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    frameworkErrors: answerMalformedUrl,
    clientErrorHandler: answerParserError,
  });
  server.server.maxConnections = options.maxConnections;
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(answerHeaders(request.id));
    done();
  });
  // In onSend, not onRequest: the signal to stop may come while the request is in flight.
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (readiness() === 'draining') reply.header('connection', 'close');
    done();
  });
  answerRequestsOfNode(server);
  acceptJsonOnly(server);
  answerErrorsAsJson(server, log);
  if (options.allowedHosts !== undefined) allowHosts(server, options.allowedHosts);
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
  jwksRoute(server, options.jwks);
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
