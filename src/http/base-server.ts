import { randomUUID } from 'node:crypto';
import { fastify, type FastifyInstance } from 'fastify';
import type { Milliseconds } from '../domain/clock.js';
import { noTracing, type Tracing } from '../domain/tracing.js';
import type { Readiness } from './health.js';
import { answerParserErrors, answerRequestsOfNode, type ErrorBody } from './parser-errors.js';
import { answerHeaders, answerMalformedUrls } from './request-error.js';
import { traceRequests } from './trace-requests.js';

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

/** Default: the constants above. */
export interface HttpTimeouts {
  readonly request: Milliseconds;
  readonly check: Milliseconds;
  readonly stall: Milliseconds;
}

const TIMEOUTS: HttpTimeouts = { request: REQUEST_TIMEOUT, check: CHECK_INTERVAL, stall: STALL_TIMEOUT };

export interface BaseServerOptions {
  /** Largest body of a request in bytes. */
  readonly bodyLimit: number;
  /** Connections at a time; one more is closed at once. */
  readonly maxConnections: number;
  /** Number of proxies in front that are trusted for the client's address. */
  readonly trustProxy: number;
  readonly readiness: () => Readiness;
  /** How errors of malformed requests are written. */
  readonly errorBody: ErrorBody;
  /** Default: no tracing. */
  readonly tracing?: Tracing | undefined;
  readonly timeouts?: HttpTimeouts;
}

/** Creates a server without routes: deadlines, bounds, request ids, and answers to malformed requests. */
export function createBaseServer(options: BaseServerOptions): FastifyInstance {
  const {
    bodyLimit,
    maxConnections,
    trustProxy,
    readiness,
    errorBody,
    tracing = noTracing,
    timeouts = TIMEOUTS,
  } = options;
  const server = fastify({
    logger: false,
    bodyLimit,
    requestTimeout: timeouts.request,
    http: { headersTimeout: timeouts.request, connectionsCheckingInterval: timeouts.check, requireHostHeader: false },
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT,
    connectionTimeout: timeouts.stall,
    // Answer requests on open connections while the server closes: a balancer would pass a 503 on.
    return503OnClosing: false,
    trustProxy: (_address, hop) => hop < trustProxy,
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    frameworkErrors: answerMalformedUrls(errorBody),
    clientErrorHandler: answerParserErrors(errorBody),
  });
  server.server.maxConnections = maxConnections;
  traceRequests(server, tracing);
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(answerHeaders(request.id));
    done();
  });
  // In onSend, not onRequest: the signal to stop may come while the request is in flight.
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (readiness() === 'draining') reply.header('connection', 'close');
    done();
  });
  answerRequestsOfNode(server, errorBody);
  return server;
}
