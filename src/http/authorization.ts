import type { IncomingHttpHeaders } from 'node:http';
import type { AuthorizationProblem } from '../domain/failure.js';

const BEARER = /^Bearer ([^\s]+)$/i;
/** Source: RFC 6750 section 2.1. */
const WELL_FORMED = /^Bearer [A-Za-z0-9\-._~+/]+=*$/i;
/** What a template gives for a missing token. */
const PLACEHOLDER = /^Bearer (?:undefined|null)$/i;

/** Headers in which clients of other APIs send their token. */
const OTHER_HEADERS = [
  ...['token', 'x-token', 'access-token', 'x-access-token', 'auth-token', 'x-auth-token', 'x-session-token'],
  ...['x-authorization', 'cookie'],
];

/** The text after `Bearer`, not validated; undefined if there is none. */
export function bearerToken({ authorization }: IncomingHttpHeaders): string | undefined {
  return authorization === undefined ? undefined : BEARER.exec(authorization)?.[1];
}

/** What these headers show to be wrong with the credentials; undefined: a request without any, or a token to look up. */
export function authorizationProblem(headers: IncomingHttpHeaders): AuthorizationProblem | undefined {
  const { authorization } = headers;
  if (authorization === undefined) return OTHER_HEADERS.some((name) => name in headers) ? 'OTHER_HEADER' : undefined;
  if (PLACEHOLDER.test(authorization)) return 'PLACEHOLDER';
  return WELL_FORMED.test(authorization) ? undefined : 'MALFORMED';
}
