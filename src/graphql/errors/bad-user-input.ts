import { ApolloServerErrorCode } from '@apollo/server/errors';
import { type ASTNode, GraphQLError } from 'graphql';

/**
 * Creates the error for a malformed argument, which only a programming mistake of the caller can cause. The message
 * names the field and the rule, never the value, which may be a secret.
 *
 * @param node the argument's literal in the document; undefined if it came in a variable
 */
export function badUserInput(message: string, node?: ASTNode): GraphQLError {
  return new GraphQLError(message, {
    ...(node !== undefined && { nodes: node }),
    extensions: { code: ApolloServerErrorCode.BAD_USER_INPUT },
  });
}
