import type { GraphQLRequestContext } from '@apollo/server';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import { GraphQLError } from 'graphql';
import type { RequestContext } from '../request-context.js';

/**
 * Values in the variables of a request, nested ones included; the shipped operations have up to 4. Each value may cause
 * an error, and at 50 errors graphql-js stops with one that would count as unexpected.
 */
export const MAX_VARIABLE_VALUES = 40;

/**
 * Rejects variables with too many values before they are checked against the schema: graphql-js prints the whole object
 * into each error about it, which is slow for large bodies.
 *
 * @throws GraphQLError, a bad request
 */
export async function limitVariables({ request }: GraphQLRequestContext<RequestContext>): Promise<void> {
  if (!hasMoreValuesThan(MAX_VARIABLE_VALUES, request.variables)) return;
  throw new GraphQLError(`The variables hold more than ${MAX_VARIABLE_VALUES} values.`, {
    extensions: { code: ApolloServerErrorCode.BAD_USER_INPUT, http: { status: 400 } },
  });
}

/** Not recursive: 32 KiB of JSON can nest deeper than the stack allows. */
function hasMoreValuesThan(max: number, variables: unknown): boolean {
  const values: unknown[] = [variables];
  for (let next = 0; next < values.length; next += 1) {
    const value = values[next];
    if (typeof value !== 'object' || value === null) continue;
    for (const inside of Object.values(value)) {
      // The first value in the list is the variables object itself.
      if (values.push(inside) > max + 1) return true;
    }
  }
  return false;
}
