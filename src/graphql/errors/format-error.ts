import { ApolloServerErrorCode, unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import type { Log } from '../../domain/log.js';
import type { RequestContext } from '../request-context.js';
import { type FailedRequest, logUnexpected } from './log-unexpected.js';
import { withoutValues } from './without-values.js';

/**
 * Codes of errors in the request, which clients may see. Every other error is internal: a bug or a misconfiguration.
 */
const PUBLIC_CODES = new Set<unknown>(
  Object.values(ApolloServerErrorCode).filter((code) => code !== ApolloServerErrorCode.INTERNAL_SERVER_ERROR),
);

/** A public code alone is not enough: any library's error may have one of these among its properties. */
function isPublic(error: unknown): boolean {
  const cause = unwrapResolverError(error);
  return cause instanceof GraphQLError && (PUBLIC_CODES.has(cause.extensions['code']) || isRefusedInput(cause));
}

/**
 * Whether graphql-js rejected an argument of a field or directive during execution. A null variable in a non-null
 * position passes validation if the variable or the position has a default. Such an error points at the argument or its
 * value; errors in the gateway's own values point at fields.
 */
function isRefusedInput({ nodes, originalError, extensions }: GraphQLError): boolean {
  if (extensions['code'] !== undefined || (originalError && !(originalError instanceof GraphQLError))) return false;
  return nodes !== undefined && nodes.length > 0 && nodes.every(({ kind }) => kind !== Kind.FIELD);
}

/** Logs the unexpected errors among these, and writes the request id into them. */
export function logUnexpectedErrors(log: Log, request: RequestContext, errors: readonly GraphQLError[]): void {
  for (const error of errors) {
    if (isPublic(error)) continue;
    error.extensions['requestId'] = request.requestId;
    logUnexpected(log, failed(request), unwrapResolverError(error));
  }
}

/** Logs the error that ended a request without an answer. */
export function logFailedRequest(log: Log, request: RequestContext, error: Error): void {
  logUnexpected(log, failed(request), error);
}

function failed({ requestId, traceparent }: RequestContext): FailedRequest {
  return { requestId, traceparent: traceparent() };
}

/**
 * Formats an error for the client. An unexpected error shows only its request id; other errors show no value from the
 * request.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { message, locations, path, extensions } = formatted;
  if (isPublic(error)) {
    const code = PUBLIC_CODES.has(extensions?.['code']) ? extensions?.['code'] : ApolloServerErrorCode.BAD_USER_INPUT;
    return { ...formatted, message: withoutValues(message, error), extensions: { ...extensions, code } };
  }
  return {
    message: "Internal server error; the gateway's log has the cause under this request id.",
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: { code: ApolloServerErrorCode.INTERNAL_SERVER_ERROR, requestId: extensions?.['requestId'] },
  };
}

/** Formats the errors of compiled documents, which Apollo Server does not format itself. */
export function formatErrors(errors: readonly GraphQLError[]): GraphQLFormattedError[] {
  return errors.map((error) => {
    const code: unknown = error.extensions['code'] ?? ApolloServerErrorCode.INTERNAL_SERVER_ERROR;
    return formatError({ ...error.toJSON(), extensions: { ...error.extensions, code } }, error);
  });
}
