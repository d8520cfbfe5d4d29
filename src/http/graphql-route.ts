import { type ApolloServer, HeaderMap } from '@apollo/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { cohort } from './cohort.js';
import type { RequestContext } from '../graphql/request-context.js';
import type { TrustedDocuments } from '../graphql/limits/trusted-documents.js';
import { clientAddress } from './client-address.js';
import { plainRequest, type PlainRequest } from './plain-request.js';
import { RequestError } from './request-error.js';
import { traceparent } from './traceparent.js';

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
  shortWay: boolean,
): void {
  server.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler: (request, reply) => {
      const { method, body } = request;
      const search = method === 'GET' ? searchOf(request.url) : '';
      if (sourceBytes(body, request.url) > MAX_DOCUMENT_BYTES) {
        throw new RequestError(400, `The document is longer than ${MAX_DOCUMENT_BYTES} bytes.`);
      }
      const trustedBody = trusted === undefined ? body : bodyOfTrusted(request, search, trusted);
      const plain = shortWay ? plainRequest(request, trustedBody) : undefined;
      const answered = cohort().then(() =>
        plain === undefined ? long(request, search, trustedBody) : short(request, plain),
      );
      answered.then(
        ({ status, headers, text }) => {
          for (const [name, value] of headers) reply.header(name, value);
          reply.code(status ?? 200).send(text);
        },
        (error: unknown) => reply.send(error),
      );
    },
  });

  const contextOf = (request: FastifyRequest): RequestContext => ({
    token: bearerToken(request.headers.authorization),
    requestId: request.id,
    traceparent: () => traceparent(request),
    clientAddress: () => clientAddress(request),
  });

  /** Through Apollo Server's HTTP layer: content negotiation, GET, the explorer, and every refusal. */
  async function long(request: FastifyRequest, search: string, body: unknown): Promise<Answer> {
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: request.method, headers: headerMap(request), search, body },
      context: async () => contextOf(request),
    });
    if (answer.body.kind !== 'complete') throw new Error('The schema has no incremental delivery.');
    return { status: answer.status, headers: answer.headers, text: answer.body.string };
  }

  /** Past that layer, which would decide nothing about this request: into the pipeline and its plugins. */
  async function short(request: FastifyRequest, { operation, answeredAs }: PlainRequest): Promise<Answer> {
    const { http, body } = await apollo.executeOperation(operation, { contextValue: contextOf(request) });
    if (body.kind !== 'single') throw new Error('The schema has no incremental delivery.');
    const { errors, data, extensions } = body.singleResult;
    http.headers.set('content-type', answeredAs);
    return { status: http.status, headers: http.headers, text: `${JSON.stringify({ errors, data, extensions })}\n` };
  }
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: Iterable<[string, string]>;
  readonly text: string;
}

/** The query of a URL, with its question mark. */
function searchOf(url: string): string {
  return new URL(url, 'http://gateway').search;
}

/** The body with the manifest's own text in it, whatever way the request named the operation. */
function bodyOfTrusted({ method, body }: FastifyRequest, search: string, trusted: TrustedDocuments): unknown {
  if (method === 'GET' && !new URLSearchParams(search).has('query')) return body;
  const asked = typeof body === 'object' && body !== null ? body : {};
  const query = method === 'POST' ? trusted.find(asked) : undefined;
  if (query === undefined) {
    throw new RequestError(400, 'This gateway runs trusted documents only: see its manifest.', 'DOCUMENT_NOT_TRUSTED');
  }
  return { ...asked, query, extensions: null };
}

function sourceBytes(body: unknown, url: string): number {
  const query = (body as { query?: unknown } | null | undefined)?.query;
  return typeof query === 'string' ? Buffer.byteLength(query) : searchOf(url).length;
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
