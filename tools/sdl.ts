import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';

/** The schema as the text that clients are generated from; sorted, so that only a change of the API changes it. */
export function sdl(schema: GraphQLSchema): string {
  return `# Emitted from src/graphql by \`npm run emit\`: do not edit.\n\n${printSchema(lexicographicSortSchema(schema))}\n`;
}
