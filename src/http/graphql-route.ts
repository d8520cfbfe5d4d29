import { type ApolloServer, HeaderMap } from '@apollo/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RequestContext } from '../graphql/request-context.js';
import type { TrustedDocuments } from '../graphql/trusted-documents.js';
import { clientAddress } from './client-address.js';
import { RequestError } from './request-error.js';

/** Bytes of a document's source. Comments are no tokens, but they are read, so tokens alone are no bound. */
const MAX_DOCUMENT_BYTES = 8 * 1024;

/** The headers that Apollo Server looks at: content negotiation, and its guard against cross-site requests. */
const HEADERS_READ = ['content-type', 'accept', 'x-apollo-operation-name', 'apollo-require-preflight'];

const BEARER = /^Bearer ([^\s]+)$/i;

/** GraphQL over HTTP at /graphql, as Apollo Server does it; and the explorer's page for a browser, where there is one. */
export function graphqlRoute(
  server: FastifyInstance,
  apollo: ApolloServer<RequestContext>,
  trusted: TrustedDocuments | undefined,
): void {
  server.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler: async (request, reply) => {
      const search = new URL(request.url, 'http://gateway').search;
      if (sourceBytes(request.body, search) > MAX_DOCUMENT_BYTES) {
        throw new RequestError(400, `The document is longer than ${MAX_DOCUMENT_BYTES} bytes.`);
      }
      const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: request.method,
          headers: headerMap(request),
          search,
          body: trusted === undefined ? request.body : trustedBody(request, search, trusted),
        },
        context: async () => ({
          token: bearerToken(request.headers.authorization),
          requestId: request.id,
          clientAddress: () => clientAddress(request),
        }),
      });
      if (body.kind !== 'complete') throw new Error('The schema has no incremental delivery.');
      for (const [name, value] of headers) reply.header(name, value);
      return reply.code(status ?? 200).send(body.string);
    },
  });
}

/** The body with the manifest's own text in it, whatever way the request named the operation. */
function trustedBody({ method, body }: FastifyRequest, search: string, trusted: TrustedDocuments): unknown {
  if (method === 'GET' && !new URLSearchParams(search).has('query')) return body;
  const asked = typeof body === 'object' && body !== null ? body : {};
  const query = method === 'POST' ? trusted.find(asked) : undefined;
  if (query === undefined) {
    throw new RequestError(400, 'This gateway runs trusted documents only: see its manifest.', 'DOCUMENT_NOT_TRUSTED');
  }
  return { ...asked, query, extensions: null };
}

function sourceBytes(body: unknown, search: string): number {
  const query = (body as { query?: unknown } | null | undefined)?.query;
  return typeof query === 'string' ? Buffer.byteLength(query) : search.length;
}

function headerMap({ headers }: FastifyRequest): HeaderMap {
  const map = new HeaderMap();
  for (const name of HEADERS_READ) {
    const value = headers[name];
    if (typeof value === 'string') map.set(name, value);
  }
  return map;
}

function bearerToken(authorization: string | undefined): string | undefined {
  return authorization === undefined ? undefined : BEARER.exec(authorization)?.[1];
}
