import type { FastifyInstance } from 'fastify';
import { RequestError } from './request-error.js';

/** Cache lifetime of keys and metadata in seconds: a new key must be published this long before it signs. */
export const KEPT_SECONDS = 300;

const JWKS = '/.well-known/jwks.json';
const OPENID_CONFIGURATION = '/.well-known/openid-configuration';
const AUTHORIZATION_SERVER = '/.well-known/oauth-authorization-server';

/** What verifiers of proofs are told. */
export interface Discovery {
  /** The `iss` of proofs: a URL, which may have a path. */
  readonly issuer: string;
  /** The public keys (RFC 7517). */
  readonly jwks: object;
  /** The algorithms of these keys; none: nothing is signed. */
  readonly algorithms: readonly string[];
  /** Where back ends introspect tokens, if they can. */
  readonly introspectionEndpoint: string | undefined;
}

/**
 * Serves the public keys, and the metadata that lead to them. Each is at the root, for a proxy that takes the issuer's path away,
 * and where its specification has it for an issuer with a path: OpenID Connect appends to the path, RFC 8414 puts it
 * behind the well-known part.
 * Sources: OpenID Connect Discovery 1.0 section 4, RFC 8414 section 3.
 */
export function discoveryRoutes(server: FastifyInstance, discovery: Discovery): void {
  const path = new URL(discovery.issuer).pathname.replace(/\/$/, '');
  const metadata = discovery.algorithms.length === 0 ? undefined : metadataOf(discovery);
  for (const url of new Set([JWKS, `${path}${JWKS}`])) cacheable(server, url, discovery.jwks);
  for (const url of new Set([
    OPENID_CONFIGURATION,
    `${path}${OPENID_CONFIGURATION}`,
    AUTHORIZATION_SERVER,
    `${AUTHORIZATION_SERVER}${path}`,
  ])) {
    cacheable(server, url, metadata);
  }
}

function metadataOf({ issuer, algorithms, introspectionEndpoint }: Discovery): object {
  return {
    issuer,
    jwks_uri: `${issuer.replace(/\/$/, '')}${JWKS}`,
    // Both specifications require it and forbid an empty list; nothing here gives an ID token by OpenID Connect's flows.
    response_types_supported: ['id_token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: algorithms,
    claims_supported: ['iss', 'sub', 'aud', 'sid', 'iat', 'exp', 'auth_time', 'union_id'],
    ...(introspectionEndpoint !== undefined && {
      introspection_endpoint: introspectionEndpoint,
      introspection_endpoint_auth_methods_supported: ['client_secret_basic'],
    }),
  };
}

/** @param document undefined: 404 */
function cacheable(server: FastifyInstance, url: string, document: object | undefined): void {
  server.get(url, async (_request, reply) => {
    if (document === undefined) throw new RequestError(404, 'This gateway has no signing key.', 'NOT_FOUND');
    return reply.header('cache-control', `public, max-age=${KEPT_SECONDS}`).send(document);
  });
}
