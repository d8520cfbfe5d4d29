import type { ApolloServer, GraphQLRequest } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isJsonObject } from '../domain/json-object.js';
import type { Metrics } from '../domain/metrics.js';
import type { TrustedDocuments } from '../graphql/limits/trusted-documents.js';
import type { RequestContext } from '../graphql/request-context.js';
import { authorizationProblem, bearerToken } from './authorization.js';
import { clientAddress } from './client-address.js';
import { Cohorts } from './cohorts.js';
import { graphqlRequest } from './graphql-request.js';
import { type InFlight, OVERLOADED } from './in-flight.js';
import { type MediaType, mediaTypeOf } from './media-type.js';
import { RequestError } from './request-error.js';
import { traceparent } from './traceparent.js';

/**
 * Retry-After in seconds of a request rejected by load shedding: long enough to matter, short enough for a waiting
 * user.
 */
export const RETRY_AFTER_SECONDS = 1;

/** Forbids framing, against clickjacking. */
export const NO_FRAMES = { 'content-security-policy': "frame-ancestors 'none'", 'x-frame-options': 'DENY' };

export interface GraphqlRouteOptions {
  readonly apollo: ApolloServer<RequestContext>;
  /** Allow list of operations; undefined: any operation of the schema. */
  readonly trustedDocuments: TrustedDocuments | undefined;
  readonly inFlight: InFlight;
  readonly metrics: Metrics;
  /** The page for browsers at GET /graphql; undefined: none. */
  readonly page: (() => string) | undefined;
}

/**
 * Registers the API: POST /graphql with JSON. A JSON content type requires a CORS preflight, so pages of other origins
 * cannot send it.
 * Source: GraphQL over HTTP, graphql.github.io/graphql-over-http.
 */
export function graphqlRoute(server: FastifyInstance, options: GraphqlRouteOptions): void {
  const { apollo, trustedDocuments, inFlight, metrics, page } = options;
  const cohorts = new Cohorts();

  server.post('/graphql', async (request, reply) => {
    const mediaType = mediaTypeOf(request);
    if (mediaType === undefined) {
      throw new RequestError(406, 'Answers are application/graphql-response+json or application/json.');
    }
    const operation = graphqlRequest(trusted(request.body, trustedDocuments));
    const answer = await inFlight.run(() => execute(request, operation, mediaType));
    if (answer !== OVERLOADED) return send(reply, answer);
    metrics.shed();
    reply.header('retry-after', String(RETRY_AFTER_SECONDS));
    throw new RequestError(
      503,
      'The gateway has more requests than it can answer: send the same one again later.',
      'OVERLOADED',
    );
  });

  server.get('/graphql', async (request, reply) => {
    if (request.headers.upgrade?.toLowerCase() === 'websocket') {
      reply.header('connection', 'close');
      throw methodNotAllowed(reply, 'There are no subscriptions here, and no WebSocket: use POST.');
    }
    const isBrowser = request.headers.accept?.includes('text/html') ?? false;
    if (page === undefined || !isBrowser) throw methodNotAllowed(reply);
    return reply.type('text/html; charset=utf-8').headers(NO_FRAMES).send(page());
  });
  server.route({
    method: ['PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    handler: (_request, reply) => {
      throw methodNotAllowed(reply);
    },
  });

  async function execute(request: FastifyRequest, operation: GraphQLRequest, mediaType: MediaType): Promise<Answer> {
    await cohorts.join();
    const { http, body } = await apollo.executeOperation(operation, { contextValue: contextOf(request) });
    if (body.kind !== 'single') throw new Error('The schema has no incremental delivery.');
    const { errors, data, extensions } = body.singleResult;
    return {
      // Without data the document did not run; Apollo Server gives some of these errors no status.
      status: data === undefined ? mediaType.requestErrorStatus : (http.status ?? 200),
      contentType: mediaType.contentType,
      text: `${JSON.stringify({ errors, data, extensions })}\n`,
    };
  }
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

function send(reply: FastifyReply, { status, contentType, text }: Answer): FastifyReply {
  return reply.code(status).header('content-type', contentType).send(text);
}

function contextOf(request: FastifyRequest): RequestContext {
  return {
    token: bearerToken(request.headers),
    authorizationProblem: () => authorizationProblem(request.headers),
    requestId: request.id,
    traceparent: () => traceparent(request),
    clientAddress: () => clientAddress(request),
  };
}

/**
 * Replaces the operation in the body, given by text or id, with the manifest's text.
 *
 * @throws RequestError if the manifest does not have it
 */
function trusted(body: unknown, documents: TrustedDocuments | undefined): unknown {
  if (documents === undefined || !isJsonObject(body)) return body;
  const query = documents.find(body);
  if (query === undefined) {
    throw new RequestError(400, 'This gateway runs trusted documents only: see its manifest.', 'DOCUMENT_NOT_TRUSTED');
  }
  return { ...body, query, extensions: null };
}

function methodNotAllowed(reply: FastifyReply, message = 'The API takes POST requests only: use POST.'): RequestError {
  reply.header('allow', 'POST');
  return new RequestError(405, message, 'METHOD_NOT_ALLOWED');
}
