import type { FastifyInstance } from 'fastify';
import { hostOf, isLoopback } from '../domain/loopback.js';
import { RequestError } from './request-error.js';

/**
 * Answers requests for loopback names and these hosts only (421). A server on the loopback interface is otherwise reachable
 * from any web page whose name its owner rebinds to 127.0.0.1: to the browser that is the page's own origin.
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
