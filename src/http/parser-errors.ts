import { randomUUID } from 'node:crypto';
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import { answerHeaders, errorBody, RequestError } from './request-error.js';

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

type ClientErrorHandler = NonNullable<FastifyServerOptions['clientErrorHandler']>;

/** Node's error codes for requests that cannot be parsed: https://nodejs.org/api/http.html#event-clienterror */
const ANSWERS: Readonly<Record<string, readonly [status: number, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'],
  HPE_HEADER_OVERFLOW: [431, 'The headers are too large.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The body is too large.'],
};
const MALFORMED = [400, 'The request is malformed.'] as const;

/**
 * Gives requests that Node would answer itself, without body and request id, the usual error answer: those without a
 * Host header, those with an unknown Expect header, and CONNECT.
 */
export function answerRequestsOfNode(server: FastifyInstance, errorBodyOf: ErrorBody): void {
  server.server.on('checkExpectation', (_request, response: ServerResponse) => {
    const body = JSON.stringify(errorBodyOf('The expectation is unknown.'));
    const headers = { ...answerHeaders(randomUUID()), ...JSON_TYPE, 'content-length': Buffer.byteLength(body) };
    response.writeHead(417, { ...headers, connection: 'close' }).end(body);
  });
  // Without a listener, Node closes the connection of a CONNECT request.
  server.server.on('connect', (_request, socket: Socket) => {
    endWith(socket, 405, JSON.stringify(errorBodyOf('This is no proxy.', 'METHOD_NOT_ALLOWED')));
  });
  server.addHook('onRequest', (request, reply, done) => {
    if (request.headers.host !== undefined || request.raw.httpVersion === '1.0') return done();
    reply.header('connection', 'close');
    return done(new RequestError(400, 'The Host header is missing.'));
  });
}

/** How a server writes the errors of malformed requests; `code` is GraphQL's `extensions.code`, BAD_REQUEST by default. */
export type ErrorBody = (message: string, code?: string) => object;

/** In the shape of GraphQL's errors. */
export const graphqlErrorBody: ErrorBody = (message, code = ApolloServerErrorCode.BAD_REQUEST) =>
  errorBody(message, code);

/** Answers requests that Node's HTTP parser rejects, in the shape of every other error, and closes their connection. */
export function answerParserErrors(body: ErrorBody): ClientErrorHandler {
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const [status, message] = ANSWERS[error.code] ?? MALFORMED;
    endWith(socket, status, JSON.stringify(body(message)));
  };
}

function endWith(socket: Socket, status: number, body: string): void {
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    ...Object.entries(answerHeaders(randomUUID())).map(([name, value]) => `${name}: ${value}`),
    'connection: close',
  ];
  // Without destroy, a client that reads nothing would keep the connection.
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
