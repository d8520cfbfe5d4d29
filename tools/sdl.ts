import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';

/** Prints the schema for client generators; sorted, so that only a change of the API changes the text. */
export function sdl(schema: GraphQLSchema): string {
  return `# Emitted from src/graphql by \`npm run emit\`: do not edit.\n\n${printSchema(lexicographicSortSchema(schema))}\n`;
}
