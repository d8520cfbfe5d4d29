import { type ASTVisitor, GraphQLError, type ValidationContext } from 'graphql';

/**
 * Validation rule: the schema has the operation's type. The specification's rules let a subscription through to where it
 * runs; there it is an error that looks like ours, and writes a line into the log for whoever sends it.
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
