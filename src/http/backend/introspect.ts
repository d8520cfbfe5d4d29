import type { ActiveToken, TokenIntrospection } from '../../sessions/token-introspection.js';
import { invalidRequest } from './backend-error.js';
import { type BackendEndpoint, done, later } from './endpoint.js';

const INACTIVE = { active: false };

/**
 * Token introspection (RFC 7662) of session tokens and session proofs. Anything else gets the same answer, which does not
 * tell whether a token ever existed.
 *
 * @param issuer the `iss` of proofs
 */
export function introspect(tokens: TokenIntrospection, issuer: string): BackendEndpoint {
  return {
    path: '/introspect',
    mediaType: 'application/x-www-form-urlencoded',
    async answer(body) {
      const found = await tokens.find(tokenIn(body as URLSearchParams));
      if (!found.ok) throw later(found.failure);
      return found.value === undefined ? done('inactive', INACTIVE) : done('active', claimsOf(found.value, issuer));
    },
  };
}

/** Other parameters, token_type_hint among them, change nothing. A parameter must not be there twice (RFC 6749 section 3.1). */
function tokenIn(form: URLSearchParams): string {
  const [token, ...more] = form.getAll('token');
  if (token && more.length === 0) return token;
  throw invalidRequest('The form must have the field token, once.');
}

function claimsOf({ session, issuedAt, expiresAt }: ActiveToken, issuer: string): object {
  const { id, appId, openId, unionId } = session;
  return {
    active: true,
    iss: issuer,
    sub: openId,
    aud: appId,
    client_id: appId,
    exp: expiresAt,
    iat: issuedAt,
    sid: id,
    ...(unionId !== null && { union_id: unionId }),
  };
}
