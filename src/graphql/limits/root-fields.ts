import {
  type ASTVisitor,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

/**
 * Validation rule: at most one root mutation field, and no root query field twice. Otherwise one request could carry
 * hundreds of attempts under aliases, and bypass the limits that count requests.
 */
export function rootFieldsRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(operation) {
      const names = rootFieldNames(context, operation);
      if (operation.operation === OperationTypeNode.MUTATION && names.length > 1) {
        context.reportError(new GraphQLError('An operation may have one root mutation field.', { nodes: operation }));
      }
      if (new Set(names).size < names.length) {
        context.reportError(new GraphQLError('An operation may have each root field once.', { nodes: operation }));
      }
      return false;
    },
  };
}

/** Root fields of an operation, repeated ones included. `__typename` costs nothing and is left out. */
function rootFieldNames(context: ValidationContext, operation: OperationDefinitionNode): string[] {
  const names: string[] = [];
  const visited = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        if (selection.name.value !== '__typename') names.push(selection.name.value);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        collect(selection.selectionSet);
      } else if (!visited.has(selection.name.value)) {
        visited.add(selection.name.value);
        const fragment = context.getFragment(selection.name.value);
        if (fragment) collect(fragment.selectionSet);
      }
    }
  };
  collect(operation.selectionSet);
  return names;
}
