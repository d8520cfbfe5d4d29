import { ApolloServerErrorCode } from '@apollo/server/errors';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../domain/log.js';
import { traceparent } from './traceparent.js';

/** An error in the request, answered with this HTTP status. */
export class RequestError extends Error {
  override readonly name = 'RequestError';

  constructor(
    readonly statusCode: number,
    message: string,
    /** `extensions.code` of the answer. */
    readonly publicCode: string = ApolloServerErrorCode.BAD_REQUEST,
  ) {
    super(message);
  }
}

/** Public messages for fastify's errors, whose own messages quote the request. */
export const MESSAGES: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is too large.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'The content type must be application/json.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not JSON.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body is not as long as its Content-Length says.',
};

/**
 * Headers of every answer. no-store, because answers hold tokens and phone numbers, and errors must not be cached
 * either.
 */
export function answerHeaders(requestId: string): Record<string, string> {
  return { 'x-request-id': requestId, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };
}

/**
 * Answers URLs that fastify cannot route. They reach neither hooks nor the error handler, and the answer must not quote
 * them.
 */
export function answerMalformedUrls(body: (message: string) => object) {
  return (_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    void reply.code(400).headers(answerHeaders(request.id)).send(body('The URL is malformed.'));
  };
}

/** Answers errors outside the GraphQL pipeline as JSON in GraphQL's shape. */
export function answerErrorsAsJson(server: FastifyInstance, log: Log): void {
  server.setNotFoundHandler((_request, reply) => {
    reply.code(404).send(errorBody('There is nothing here; the API is at /graphql.', 'NOT_FOUND'));
  });
  server.setErrorHandler<FastifyError | RequestError>((error, request, reply) => {
    if (error instanceof RequestError) {
      reply.code(error.statusCode).send(errorBody(error.message, error.publicCode));
      return;
    }
    const status = error.statusCode ?? 500;
    if (status >= 500) {
      log.error({ requestId: request.id, traceparent: traceparent(request), error }, 'unexpected error');
      reply.code(500).send(errorBody('Internal server error', ApolloServerErrorCode.INTERNAL_SERVER_ERROR, request.id));
      return;
    }
    const message = MESSAGES[error.code] ?? 'The request is malformed.';
    reply.code(status).send(errorBody(message, ApolloServerErrorCode.BAD_REQUEST));
  });
}

/** An error in GraphQL's shape. */
export function errorBody(message: string, code: string, requestId?: string): object {
  return { errors: [{ message, extensions: { code, ...(requestId !== undefined && { requestId }) } }] };
}
