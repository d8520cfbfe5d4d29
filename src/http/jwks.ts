import type { FastifyInstance } from 'fastify';

/** Cache lifetime of the keys in seconds: a new key must be published this long before it signs. */
export const KEPT_SECONDS = 300;

/** Serves the public keys of `PhoneNumber.proof` as a JSON Web Key Set (RFC 7517). */
export function jwksRoute(server: FastifyInstance, jwks: object): void {
  server.get('/.well-known/jwks.json', async (_request, reply) =>
    reply.header('cache-control', `public, max-age=${KEPT_SECONDS}`).send(jwks),
  );
}
