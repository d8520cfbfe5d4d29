import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, type GraphQLSchema } from 'graphql';

const SCHEMA = new URL('../../schema/', import.meta.url);
const OPERATIONS = new URL('operations/', SCHEMA);

/** schema/schema.graphql, as it is committed. */
export function emittedSdl(): string {
  return readFileSync(new URL('schema.graphql', SCHEMA), 'utf8');
}

export function emittedSchema(): GraphQLSchema {
  return buildSchema(emittedSdl());
}

/** The name of a file without its ending, and the document in it. */
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
  const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'));
  return files.map((file) => [file.replace(/\.graphql$/, ''), readFileSync(new URL(file, folder), 'utf8')] as const);
}
