import { ApolloServerErrorCode } from '@apollo/server/errors';
import { type ASTNode, GraphQLError } from 'graphql';

/**
 * The error for an argument that no honest client sends: the caller's programmer reads it. The message names the field
 * and the rule, and never the value, which may be a secret.
 *
 * @param node where the argument stands in the document, where it stands there and not in a variable
 */
export function badUserInput(message: string, node?: ASTNode): GraphQLError {
  return new GraphQLError(message, {
    ...(node !== undefined && { nodes: node }),
    extensions: { code: ApolloServerErrorCode.BAD_USER_INPUT },
  });
}
