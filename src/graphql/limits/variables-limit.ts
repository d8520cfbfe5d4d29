import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import { GraphQLError } from 'graphql';
import type { RequestContext } from '../request-context.js';

/**
 * Values in the variables of a request, those inside lists and objects included; the shipped operation with the most of
 * them has 4. Each may be worth an error, and at 50 of those graphql-js gives up with one that looks like ours.
 */
export const MAX_VARIABLE_VALUES = 40;

/**
 * Refuses variables of too many values before they are compared with the schema: graphql-js prints the whole of an object
 * into each error about it, and so spent 50 ms on 32 KiB.
 */
export const variablesLimitPlugin: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ request }) {
        if (!hasMoreValuesThan(MAX_VARIABLE_VALUES, request.variables)) return;
        throw new GraphQLError(`The variables hold more than ${MAX_VARIABLE_VALUES} values.`, {
          extensions: { code: ApolloServerErrorCode.BAD_USER_INPUT, http: { status: 400 } },
        });
      },
    };
  },
};

/** Not recursive: 32 KiB of JSON nest deeper than the stack allows. */
function hasMoreValuesThan(max: number, variables: unknown): boolean {
  const values: unknown[] = [variables];
  for (let next = 0; next < values.length; next += 1) {
    const value = values[next];
    if (typeof value !== 'object' || value === null) continue;
    for (const inside of Object.values(value)) {
      // The variables as a whole are the first of the list.
      if (values.push(inside) > max + 1) return true;
    }
  }
  return false;
}
