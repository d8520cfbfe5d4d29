import type { FastifyRequest } from 'fastify';

/** A version, a trace id, a parent id and flags, in lower-case hexadecimal; 'ff' is no version, and no id is all zeros. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/**
 * The request's place in a distributed trace, for the log; undefined where it has none, or a malformed one. A later
 * version's further fields are not read: what a log line holds has a bound.
 * Source: W3C Trace Context, section 3.2, "traceparent header".
 */
export function traceparent({ headers: { traceparent: text } }: FastifyRequest): string | undefined {
  return typeof text === 'string' && TRACEPARENT.test(text) ? text : undefined;
}
