import { randomUUID } from 'node:crypto';
import type { ApolloServer } from '@apollo/server';
import cors from '@fastify/cors';
import { fastify, type FastifyInstance } from 'fastify';
import type { Milliseconds } from '../domain/clock.js';
import type { Log } from '../domain/log.js';
import type { Metrics } from '../domain/metrics.js';
import type { RequestContext } from '../graphql/request-context.js';
import type { TrustedDocuments } from '../graphql/limits/trusted-documents.js';
import type { Explorer } from '../playground/explorer/operations.js';
import { explorerRoutes } from '../playground/explorer/routes.js';
import { graphqlRoute } from './graphql-route.js';
import { healthRoutes, type Readiness, type StoreState } from './health.js';
import { acceptJsonOnly } from './json-body.js';
import { jwksRoute } from './jwks.js';
import { type LandingPage, landingPageRoutes } from '../playground/landing-page.js';
import { answerErrorsAsJson, answerHeaders, answerMalformedUrl } from './request-error.js';
import type { LoadLimits } from './load-gate.js';
import { shedLoad } from './shed-load.js';
import { refuseSlowRequests } from './slow-requests.js';

/** Bytes of a request's body; the largest honest one has under 1 KiB. */
const MAX_BODY_BYTES = 32 * 1024;

/** Milliseconds until a request must have arrived whole. */
const REQUEST_TIMEOUT = 10_000;

/** Milliseconds between looks at connections whose head has not arrived. */
const CHECK_INTERVAL = 1_000;

/** Milliseconds that an idle connection is kept: longer than the 60 s of common balancers, which close it first. */
const KEEP_ALIVE_TIMEOUT = 72_000;

/**
 * Milliseconds that a connection may stand still while a request is under way or its answer is not taken: longer than the
 * longest WEIXIN_TIMEOUT_MS.
 */
const STALL_TIMEOUT = 65_000;

export interface HttpServerOptions {
  readonly apollo: ApolloServer<RequestContext>;
  readonly log: Log;
  readonly readiness: () => Readiness;
  readonly storeState: () => StoreState;
  /** The public keys of proofs. */
  readonly jwks: object;
  /** What the explorers open with; without it there are none. */
  readonly explorer?: Explorer | undefined;
  /** The only operations that run; undefined: any that fits the schema. */
  readonly trustedDocuments: TrustedDocuments | undefined;
  /** The page at `/`; undefined: nothing is there. */
  readonly landingPage: LandingPage | undefined;
  /** Origins that browsers may call from. */
  readonly corsOrigins: readonly string[];
  /** How many proxies in front to trust for the client's address. */
  readonly trustProxy: number;
  /** Beyond what requests to the API are refused with 503. */
  readonly overload: LoadLimits;
  readonly metrics: Metrics;
  /** How many connections are held; one more is closed at once. */
  readonly maxConnections: number;
  /** Until a request must have arrived whole; REQUEST_TIMEOUT where it is left out. */
  readonly requestTimeout?: Milliseconds;
  /** Whether plain requests skip Apollo Server's HTTP layer; true where it is left out. */
  readonly shortWay?: boolean;
  /** How long a connection may stand still; STALL_TIMEOUT where it is left out. */
  readonly stallTimeout?: Milliseconds;
}

/** The public endpoint, not yet listening. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const {
    apollo,
    log,
    readiness,
    storeState,
    jwks,
    corsOrigins,
    trustProxy,
    requestTimeout = REQUEST_TIMEOUT,
    stallTimeout = STALL_TIMEOUT,
  } = options;
  const server = fastify({
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout,
    http: { headersTimeout: requestTimeout, connectionsCheckingInterval: CHECK_INTERVAL },
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT,
    connectionTimeout: stallTimeout,
    // What comes on a connection that is open still, while others are closed, is answered as well: a balancer would pass
    // on a 503.
    return503OnClosing: false,
    trustProxy: (_address, hop) => hop < trustProxy,
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    frameworkErrors: answerMalformedUrl,
  });
  server.server.maxConnections = options.maxConnections;
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(answerHeaders(request.id));
    done();
  });
  // When it is sent, and not when the request came: a request may outlive the signal to stop.
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (readiness() === 'draining') reply.header('connection', 'close');
    done();
  });
  refuseSlowRequests(server, requestTimeout);
  acceptJsonOnly(server);
  answerErrorsAsJson(server, log);
  if (corsOrigins.length > 0) {
    await server.register(cors, {
      origin: [...corsOrigins],
      methods: ['GET', 'POST'],
      allowedHeaders: ['authorization', 'content-type'],
      exposedHeaders: ['x-request-id'],
      maxAge: 600,
    });
  }
  healthRoutes(server, readiness, storeState);
  jwksRoute(server, jwks);
  if (options.explorer !== undefined) explorerRoutes(server, options.explorer);
  await server.register(async (api) => {
    shedLoad(api, options.overload, options.metrics);
    graphqlRoute(api, apollo, options.trustedDocuments, options.shortWay ?? true);
  });
  if (options.landingPage !== undefined) landingPageRoutes(server, options.landingPage);
  return server;
}
