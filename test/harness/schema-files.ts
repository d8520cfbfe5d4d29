import { readdirSync, readFileSync } from 'node:fs';
import {
  buildSchema,
  concatAST,
  type DocumentNode,
  type GraphQLSchema,
  parse,
  print,
  separateOperations,
} from 'graphql';

const SCHEMA = new URL('../../schema/', import.meta.url);
const OPERATIONS = new URL('operations/', SCHEMA);
/** Beside the operations, what they share. */
const FRAGMENTS = 'fragments.graphql';

/** schema/schema.graphql, as it is committed. */
export function emittedSdl(): string {
  return readFileSync(new URL('schema.graphql', SCHEMA), 'utf8');
}

export function emittedSchema(): GraphQLSchema {
  return buildSchema(emittedSdl());
}

/** The name of a file without its ending, and the operation in it with the fragments that it uses. */
type Operation = readonly [name: string, source: string];

/** The shipped operations. */
export function shippedOperations(): Operation[] {
  return operationsIn(OPERATIONS);
}

/** What the Mini Program's client sends: less of the same. */
export function miniProgramOperations(): Operation[] {
  return operationsIn(new URL('mini-program/', OPERATIONS));
}

function operationsIn(folder: URL): Operation[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.graphql') && file !== FRAGMENTS);
  const fragments = [...new Set([OPERATIONS, folder])].map((place) => read(new URL(FRAGMENTS, place)));
  return files.map((file) => {
    const [document, ...more] = Object.values(
      separateOperations(concatAST([read(new URL(file, folder)), ...fragments])),
    );
    if (document === undefined || more.length > 0) throw new Error(`${file} holds one operation.`);
    return [file.replace(/\.graphql$/, ''), print(document)];
  });
}

function read(file: URL): DocumentNode {
  return parse(readFileSync(file, 'utf8'));
}
