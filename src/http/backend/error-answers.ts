import type { FastifyError, FastifyInstance } from 'fastify';
import type { Log } from '../../domain/log.js';
import { logUnexpected } from '../../graphql/errors/log-unexpected.js';
import { MESSAGES, RequestError } from '../request-error.js';
import { traceparent } from '../traceparent.js';
import { BackendError, backendErrorBody } from './backend-error.js';
import type { Uses } from './uses.js';

/** Errors as JSON in RFC 6749's form, section 5.2, for everything that goes wrong at the door for back ends. */
export function answerBackendErrors(server: FastifyInstance, log: Log, uses: Uses): void {
  server.setNotFoundHandler((_request, reply) => {
    reply.code(404).send(backendErrorBody('invalid_request', 'There is nothing here.'));
  });
  server.setErrorHandler<FastifyError | RequestError | BackendError>((error, request, reply) => {
    const answer = (known: BackendError) => {
      uses.end(request, known.code);
      reply.code(known.statusCode).headers(known.headers).send(backendErrorBody(known.code, known.message));
    };
    if (error instanceof BackendError) {
      answer(error);
      return;
    }
    const status = error.statusCode ?? 500;
    if (status < 500) {
      const message = error instanceof RequestError ? error.message : MESSAGES[error.code];
      answer(new BackendError(status, 'invalid_request', message ?? 'The request is malformed.'));
      return;
    }
    logUnexpected(log, { requestId: request.id, traceparent: traceparent(request) }, error);
    answer(new BackendError(500, 'server_error', "Internal server error; the gateway's log has its cause."));
  });
}
