import type { FastifyInstance } from 'fastify';
import { hostOf, isLoopback } from '../domain/loopback.js';
import { RequestError } from './request-error.js';

/**
 * Rejects requests for hosts other than loopback names and these (421), against DNS rebinding: otherwise a web page
 * could point its own name at 127.0.0.1 and call the gateway as its own origin.
 */
export function allowHosts(server: FastifyInstance, hosts: readonly string[]): void {
  const names = new Set(hosts.map((host) => host.toLowerCase()));
  server.addHook('onRequest', (request, _reply, done) => {
    const host = hostOf(request.headers.host ?? '');
    done(
      isLoopback(host) || names.has(host)
        ? undefined
        : new RequestError(
            421,
            'This development server answers requests for loopback hosts only. Add the origin to CORS_ORIGINS to allow another one.',
            'MISDIRECTED_REQUEST',
          ),
    );
  });
}
