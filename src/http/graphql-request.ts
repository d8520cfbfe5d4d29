import type { GraphQLRequest } from '@apollo/server';
import { isJsonObject, type JsonObject } from '../domain/json-object.js';
import { RequestError } from './request-error.js';

/** Longest document in bytes. The token limit does not count comments, but parsing them takes time. */
export const MAX_DOCUMENT_BYTES = 8 * 1024;

/**
 * Parses the JSON body of a GraphQL request.
 * Source: GraphQL over HTTP, "Request Parameters".
 *
 * @throws RequestError if the body is malformed or its document too long
 */
export function graphqlRequest(body: unknown): GraphQLRequest {
  if (Array.isArray(body)) throw new RequestError(400, 'Operation batching is disabled.');
  if (!isJsonObject(body)) throw new RequestError(400, 'The body must be a JSON object.');
  const { query, variables, operationName, extensions } = body;
  const request: GraphQLRequest = {};
  if (typeof query === 'string' && query !== '') request.query = checkedDocument(query);
  // Apollo Server asks clients of automatic persisted queries to send the text instead.
  else if (!isJsonObject(extensions) || !isJsonObject(extensions['persistedQuery'])) {
    throw new RequestError(400, 'The body must have a non-empty string "query".');
  }
  if (isGiven(variables)) request.variables = mapNamed('variables', variables);
  if (isGiven(extensions)) request.extensions = mapNamed('extensions', extensions);
  if (isGiven(operationName)) {
    if (typeof operationName !== 'string') throw new RequestError(400, '"operationName" must be a string.');
    request.operationName = operationName;
  }
  return request;
}

function checkedDocument(query: string): string {
  if (Buffer.byteLength(query) <= MAX_DOCUMENT_BYTES) return query;
  throw new RequestError(400, `The document is longer than ${MAX_DOCUMENT_BYTES} bytes.`);
}

function mapNamed(name: string, value: unknown): JsonObject {
  if (!isJsonObject(value)) throw new RequestError(400, `"${name}" must be a map.`);
  return value;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
