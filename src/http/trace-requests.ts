import type { FastifyInstance } from 'fastify';
import { noTracing, type Tracing } from '../domain/tracing.js';
import { callersTraceparent } from './traceparent.js';

/** Probes are asked every few seconds, and nobody looks for one. */
const NOT_TRACED = new Set(['/healthz', '/readyz']);

/** Gives every request a span, from its headers to the end of its answer, within which it is handled. */
export function traceRequests(server: FastifyInstance, tracing: Tracing): void {
  server.decorateRequest('span', undefined);
  if (tracing === noTracing) return;
  server.addHook('onRequest', (request, { raw: response }, done) => {
    const { method, routeOptions } = request;
    if (!NOT_TRACED.has(routeOptions.url ?? '')) {
      const span = tracing.request(method, routeOptions.url, callersTraceparent(request));
      request.span = span;
      // Also if the connection is lost before the answer.
      response.once('close', () => span.end({ status: response.headersSent ? response.statusCode : undefined }));
    }
    done();
  });
  // Not in onRequest: the body is read in between, by events that belong to no request.
  server.addHook('preHandler', (request, _reply, done) => {
    if (request.span === undefined) done();
    else request.span.within(done);
  });
}
