import { BREAK, type DocumentNode, Kind, visit } from 'graphql';

/** Node kinds of a plain document: fields, variables as arguments, and fragments. */
const PLAIN_KINDS: ReadonlySet<Kind> = new Set([
  Kind.DOCUMENT,
  Kind.OPERATION_DEFINITION,
  Kind.VARIABLE_DEFINITION,
  Kind.VARIABLE,
  Kind.NAMED_TYPE,
  Kind.NON_NULL_TYPE,
  Kind.LIST_TYPE,
  Kind.SELECTION_SET,
  Kind.FIELD,
  Kind.ARGUMENT,
  Kind.INLINE_FRAGMENT,
  Kind.FRAGMENT_DEFINITION,
  Kind.FRAGMENT_SPREAD,
  Kind.NAME,
]);

/**
 * Whether a document has one operation and consists of names only: no literal, default value, directive or alias, and
 * no name that starts with two underscores except `__typename`. The shipped operations are plain.
 *
 * graphql-jit compiles a document to JavaScript. Of a plain document only names get into the code, and GraphQL names
 * are letters, digits and underscores. A literal could become code: graphql-jit 0.8.9 writes a string with a certain
 * prefix without its quotes. It also looks up names in plain objects, so an unset variable named toString would have a
 * value: members of Object.prototype are not plain names.
 */
export function isPlain(document: DocumentNode): boolean {
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operations.length !== 1) return false;
  let plain = true;
  const refuse = (): typeof BREAK => {
    plain = false;
    return BREAK;
  };
  visit(document, {
    enter(node) {
      if (!PLAIN_KINDS.has(node.kind)) return refuse();
      if (node.kind === Kind.FIELD && node.alias !== undefined) return refuse();
      if (node.kind === Kind.NAME && !isPlainName(node.value)) return refuse();
      return undefined;
    },
  });
  return plain;
}

function isPlainName(name: string): boolean {
  return name === '__typename' || !(name.startsWith('__') || name in Object.prototype);
}
