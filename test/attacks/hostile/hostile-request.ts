/** A request that no honest client sends, and the one answer that it gets. */
export interface HostileRequest {
  readonly what: string;
  readonly status: number;
  /**
   * `extensions.code` of every error in the answer; undefined: the request is harmless, and runs without a resolver.
   */
  readonly code: string | undefined;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | null;
}

const JSON_BODY = { 'content-type': 'application/json' };

/** A POST of this body, as JSON if no other headers are given. */
export function posted(
  what: string,
  status: number,
  code: string | undefined,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = JSON_BODY,
): HostileRequest {
  return { what, status, code, method: 'POST', path: '/graphql', headers, body };
}

/** A document that is rejected with 400 and this code; undefined: it is answered, and harmless. */
export function asked(what: string, code: string | undefined, query: string, rest: object = {}): HostileRequest {
  return posted(what, code === undefined ? 200 : 400, code, JSON.stringify({ query, ...rest }));
}

/** A GET of this document that would pass CSRF protection. */
export function got(what: string, query: string): HostileRequest {
  const path = `/graphql?${new URLSearchParams({ query }).toString()}`;
  const headers = { 'apollo-require-preflight': 'true' };
  return { what, status: 405, code: 'METHOD_NOT_ALLOWED', method: 'GET', path, headers, body: null };
}
