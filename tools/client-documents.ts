import { printExecutableGraphQLDocument } from '@graphql-tools/documents';
import {
  concatAST,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  parse,
  print,
  separateOperations,
  stripIgnoredCharacters,
} from 'graphql';

/* A plugin of graphql-codegen, named in codegen.yml: the operations of the Mini Program's client, minified. */

const DECLARATION = `/** The text of an operation. Its data and its variables are there for the compiler alone. */
export type OperationText<Data, Variables> = string & { readonly __types?: (variables: Variables) => Data };

/** What the client sends, by the names of the operations. */
export const operations = {`;

interface DocumentFile {
  readonly document?: DocumentNode;
}

/**
 * Writes a table of the texts, each with its fragments, with the types that @graphql-codegen/typescript-operations
 * wrote above it.
 */
export function plugin(_schema: GraphQLSchema, files: readonly DocumentFile[]): string {
  const documents = files.flatMap(({ document }) => document ?? []);
  const operations = Object.entries(separateOperations(concatAST(documents)));
  return [DECLARATION, ...operations.map(([name, document]) => row(name, document)), '};'].join('\n');
}

function row(name: string, document: DocumentNode): string {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined || name === '') throw new Error('Not a named operation.');
  const text = stripIgnoredCharacters(operationFirst(printExecutableGraphQLDocument(document)));
  const type = `${name}${operation.operation === OperationTypeNode.QUERY ? 'Query' : 'Mutation'}`;
  return `  ${keyOf(name)}: '${text}' as OperationText<${type}, ${type}Variables>,`;
}

/** MiniProgramDecryptPhone: decryptPhone. */
function keyOf(name: string): string {
  const own = name.replace(/^MiniProgram/, '');
  return own.charAt(0).toLowerCase() + own.slice(1);
}

/** Puts the fragments of a document after its operation, so that the text starts with the operation. */
function operationFirst(text: string): string {
  const { definitions } = parse(text);
  const isFragment = ({ kind }: DefinitionNode) => kind === Kind.FRAGMENT_DEFINITION;
  return print({ kind: Kind.DOCUMENT, definitions: definitions.toSorted((a, b) => +isFragment(a) - +isFragment(b)) });
}
