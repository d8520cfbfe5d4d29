import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { BackendClient } from '../../domain/backend-client.js';
import { unavailable } from '../../domain/failure.js';
import type { Log } from '../../domain/log.js';
import type { Metrics } from '../../domain/metrics.js';
import { admit } from '../../sessions/admission.js';
import type { Tracing } from '../../domain/tracing.js';
import type { RateLimit } from '../../stores/rate-limit.js';
import { createBaseServer } from '../base-server.js';
import type { Readiness } from '../health.js';
import { InFlight, type LoadLimits, OVERLOADED } from '../in-flight.js';
import { acceptJsonOnly } from '../json-body.js';
import { BackendError, backendErrorBody, invalidRequest } from './backend-error.js';
import { ClientCredentials } from './client-credentials.js';
import { type BackendEndpoint, later } from './endpoint.js';
import { answerBackendErrors } from './error-answers.js';
import { acceptForms } from './form-body.js';
import { MAX_DATA_BYTES } from './user-signature.js';
import { Uses } from './uses.js';

/** Bytes of a body: the longest data with each of its characters escaped as JSON allows, and what is around it. */
export const MAX_BACKEND_BODY_BYTES = 6 * MAX_DATA_BYTES + 4 * 1024;

const CHALLENGE = { 'www-authenticate': 'Basic realm="weixin-phone-gateway", charset="UTF-8"' };

export interface BackendServerOptions {
  readonly endpoints: readonly BackendEndpoint[];
  readonly clients: readonly BackendClient[];
  readonly byClient: RateLimit;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracing?: Tracing;
  readonly readiness: () => Readiness;
  readonly overload: LoadLimits;
  readonly maxConnections: number;
}

/** The door for back ends, not yet listening: it must not be where users can call it. */
export function createBackendServer(options: BackendServerOptions): FastifyInstance {
  const { endpoints, clients, byClient, log, metrics, readiness, overload, maxConnections } = options;
  const server = createBaseServer({
    bodyLimit: MAX_BACKEND_BODY_BYTES,
    maxConnections,
    trustProxy: 0,
    readiness,
    errorBody: (message) => backendErrorBody('invalid_request', message),
    tracing: options.tracing,
  });
  const credentials = new ClientCredentials(clients);
  const inFlight = new InFlight(overload);
  const uses = new Uses(log, metrics);
  acceptJsonOnly(server);
  acceptForms(server);
  answerBackendErrors(server, log, uses);

  for (const endpoint of endpoints) {
    const { path, mediaType } = endpoint;
    server.post(path, {
      // Before the body is read: strangers send none.
      onRequest: async (request) => {
        uses.begin(request, path);
        const client = credentials.clientOf(request.headers.authorization);
        if (client === undefined) {
          throw new BackendError(401, 'invalid_client', 'The credentials are missing or wrong.', CHALLENGE);
        }
        uses.by(request, client);
        const admitted = await admit(byClient, client, metrics);
        if (!admitted.ok) throw later(admitted.failure);
        if (!isOf(request, mediaType)) throw invalidRequest(`The body must be ${mediaType}.`, 415);
      },
      // Before the answer goes out: when its caller knows of it, a use is on record.
      onSend: async (request) => uses.record(request),
      handler: async (request, reply) => {
        const answered = await inFlight.run(() => endpoint.answer(request.body));
        if (answered === OVERLOADED) throw later(unavailable);
        uses.end(request, answered.outcome);
        return reply.code(answered.status).send(answered.body);
      },
    });
    server.route({
      method: ['GET', 'PUT', 'PATCH', 'DELETE'],
      url: path,
      handler: (_request, reply) => {
        reply.header('allow', 'POST');
        throw invalidRequest('This endpoint takes POST requests only.', 405);
      },
    });
  }
  return server;
}

function isOf(request: FastifyRequest, mediaType: string): boolean {
  return request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() === mediaType;
}
