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

/** The shipped operations: the name of the file without its ending, and the document. */
export function shippedOperations(): (readonly [name: string, source: string])[] {
  const files = readdirSync(OPERATIONS).filter((file) => file.endsWith('.graphql'));
  return files.map(
    (file) => [file.replace(/\.graphql$/, ''), readFileSync(new URL(file, OPERATIONS), 'utf8')] as const,
  );
}
