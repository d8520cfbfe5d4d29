import type { FastifyRequest } from 'fastify';
import type { Span } from '../domain/tracing.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** undefined: the request is not traced. */
    span: Span | undefined;
  }
}

/** Version, trace id, parent id and flags in lower-case hexadecimal. Version ff and ids of zeros are invalid. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The span of the request as a traceparent, for the log; without tracing, that of the caller. */
export function traceparent(request: FastifyRequest): string | undefined {
  return request.span?.traceparent ?? callersTraceparent(request);
}

/**
 * The caller's traceparent; undefined if it is missing or malformed. Additional fields of later versions
 * are not accepted, so that the length of a log line is bounded.
 * Source: W3C Trace Context, section 3.2, "traceparent header".
 */
export function callersTraceparent({ headers: { traceparent: text } }: FastifyRequest): string | undefined {
  return typeof text === 'string' && TRACEPARENT.test(text) ? text : undefined;
}
