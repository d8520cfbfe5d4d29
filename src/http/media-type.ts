import Negotiator from 'negotiator';
import type { FastifyRequest } from 'fastify';

const JSON_TYPE = 'application/json';
const GRAPHQL_RESPONSE = 'application/graphql-response+json';

/** Media type of an answer. */
export interface MediaType {
  readonly contentType: string;
  /**
   * Status of a request whose document cannot run. Clients that name application/json may read the body of a 200 only;
   * all others get 400.
   * Source: GraphQL over HTTP, "application/json" and "application/graphql-response+json".
   */
  readonly requestErrorStatus: 200 | 400;
}

const UNNAMED: MediaType = { contentType: `${JSON_TYPE}; charset=utf-8`, requestErrorStatus: 400 };
const NAMED_JSON: MediaType = { ...UNNAMED, requestErrorStatus: 200 };
const GRAPHQL: MediaType = { contentType: `${GRAPHQL_RESPONSE}; charset=utf-8`, requestErrorStatus: 400 };

/** The media type that the client prefers, or undefined if it takes neither (406). */
export function mediaTypeOf(request: FastifyRequest): MediaType | undefined {
  const { accept } = request.headers;
  if (accept === undefined || accept === '*/*') return UNNAMED;
  switch (new Negotiator(request.raw).mediaType([JSON_TYPE, GRAPHQL_RESPONSE])) {
    case GRAPHQL_RESPONSE:
      return GRAPHQL;
    case JSON_TYPE:
      return accept.toLowerCase().includes(JSON_TYPE) ? NAMED_JSON : UNNAMED;
    default:
      return undefined;
  }
}
