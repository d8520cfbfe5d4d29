import type { GraphQLRequest } from '@apollo/server';
import type { FastifyRequest } from 'fastify';

const JSON_ANSWER = 'application/json; charset=utf-8';
const GRAPHQL_ANSWER = 'application/graphql-response+json; charset=utf-8';

/**
 * Content types that no page can have a browser send across origins without asking first (Fetch, "CORS-safelisted
 * request-header"): the guard against cross-site requests. Spellings of JSON beside these go the long way.
 */
const CONTENT_TYPES: ReadonlySet<unknown> = new Set([
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=utf-8',
  'application/json; charset=UTF-8',
  'application/json;charset=UTF-8',
]);

/** What clients send as Accept, and what media type that is answered in by GraphQL over HTTP. */
const ANSWERS: ReadonlyMap<string | undefined, string> = new Map([
  [undefined, JSON_ANSWER],
  ['*/*', JSON_ANSWER],
  ['application/json', JSON_ANSWER],
  ['application/json, text/plain, */*', JSON_ANSWER],
  ['application/graphql-response+json', GRAPHQL_ANSWER],
  ['application/graphql-response+json, application/json', GRAPHQL_ANSWER],
  ['application/graphql-response+json,application/json;q=0.9', GRAPHQL_ANSWER],
  ['application/graphql-response+json, application/json;q=0.9', GRAPHQL_ANSWER],
]);

/** A request in the form that nearly all have, read as Apollo Server's HTTP layer would read it. */
export interface PlainRequest {
  readonly operation: GraphQLRequest;
  /** The content type of its answer. */
  readonly answeredAs: string;
}

/**
 * The request, where nothing has to be negotiated, refused or guessed: a POST of JSON, as a browser sends it across origins
 * only with leave, whose body is an operation and no more. Undefined for every other one.
 */
export function plainRequest({ method, headers }: FastifyRequest, body: unknown): PlainRequest | undefined {
  if (method !== 'POST' || !CONTENT_TYPES.has(headers['content-type'])) return undefined;
  const answeredAs = ANSWERS.get(headers.accept);
  if (answeredAs === undefined || !isRecord(body)) return undefined;
  const { query, variables, operationName, extensions } = body;
  if (typeof query !== 'string' || query === '') return undefined;
  if (extensions !== undefined && extensions !== null) return undefined;
  if (variables !== undefined && variables !== null && !isRecord(variables)) return undefined;
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') return undefined;
  const operation: GraphQLRequest = { query };
  if (isRecord(variables)) operation.variables = variables;
  if (typeof operationName === 'string') operation.operationName = operationName;
  return { operation, answeredAs };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
