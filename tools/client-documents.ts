import { printExecutableGraphQLDocument } from '@graphql-tools/documents';
import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  stripIgnoredCharacters,
} from 'graphql';

/* A plugin of graphql-codegen, named in codegen.yml: the operations of the Mini Program's client, as short as they go. */

const DECLARATION = `/** The text of an operation. Its data and its variables are there for the compiler alone. */
export type OperationText<Data, Variables> = string & { readonly __types?: (variables: Variables) => Data };

/** What the client sends, by the field that it asks for. */
export const operations = {`;

interface DocumentFile {
  readonly document?: DocumentNode;
}

/** Writes a table of the texts, typed with what @graphql-codegen/typescript-operations wrote above it. */
export function plugin(_schema: GraphQLSchema, files: readonly DocumentFile[]): string {
  const operations = files
    .flatMap(({ document }) => document?.definitions ?? [])
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return [DECLARATION, ...operations.map(row), '};'].join('\n');
}

function row(operation: OperationDefinitionNode): string {
  const [field] = operation.selectionSet.selections;
  if (operation.name === undefined || field?.kind !== Kind.FIELD) throw new Error('Not a named operation on a field.');
  const text = stripIgnoredCharacters(
    printExecutableGraphQLDocument({ kind: Kind.DOCUMENT, definitions: [operation] }),
  );
  const type = `${operation.name.value}${operation.operation === OperationTypeNode.QUERY ? 'Query' : 'Mutation'}`;
  return `  ${field.name.value}: '${text}' as OperationText<${type}, ${type}Variables>,`;
}
