import { type ASTVisitor, GraphQLError, type ValidationContext } from 'graphql';

/**
 * Validation rule: the schema has the operation's type. The specification's rules accept a subscription, whose
 * execution would then fail as an unexpected error, with one log line per request.
 */
export function operationTypesRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(operation) {
      if (context.getSchema().getRootType(operation.operation)) return;
      context.reportError(
        new GraphQLError(`The schema has no ${operation.operation} operations.`, { nodes: operation }),
      );
    },
  };
}
