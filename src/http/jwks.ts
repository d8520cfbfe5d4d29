import type { FastifyInstance } from 'fastify';

/** Seconds that a verifier may keep the keys: a new key is published that long before it signs. */
export const KEPT_SECONDS = 300;

/** The public keys of `PhoneNumber.proof` as a JSON Web Key Set (RFC 7517). */
export function jwksRoute(server: FastifyInstance, jwks: object): void {
  server.get('/.well-known/jwks.json', async (_request, reply) =>
    reply.header('cache-control', `public, max-age=${KEPT_SECONDS}`).send(jwks),
  );
}
