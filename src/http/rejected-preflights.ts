import type { FastifyInstance } from 'fastify';
import type { Log } from '../domain/log.js';

/** Origins that are told in the life of a server: any page may send others, and none of them may fill the log. */
const MAX_TOLD = 5;

/** Longest origin in a log line: a scheme, a host name of 253 characters, a port. */
const MAX_ORIGIN_LENGTH = 270;

/** Logs a browser's preflight from an origin that is not allowed, once for each of the first origins. */
export function tellRejectedPreflights(server: FastifyInstance, allowed: readonly string[], log: Log): void {
  const told = new Set<string>();
  server.addHook('onRequest', (request, _reply, done) => {
    const { origin } = request.headers;
    if (request.method === 'OPTIONS' && origin !== undefined && 'access-control-request-method' in request.headers) {
      const url = urlOf(origin);
      if (!allowed.includes(url) && !told.has(url) && told.size < MAX_TOLD) {
        told.add(url);
        log.warn({ url }, 'a browser may not call from this origin: CORS_ORIGINS does not list it');
      }
    }
    done();
  });
}

/** Scheme, host and port of an origin; `null`, which browsers send for a local file, if it is none or too long. */
function urlOf(origin: string): string {
  return origin.length <= MAX_ORIGIN_LENGTH && URL.canParse(origin) ? new URL(origin).origin : 'null';
}
