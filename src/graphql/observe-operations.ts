import { defaultFieldResolver, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import type { Metrics } from '../domain/metrics.js';

/** Has every root field of a schema counted with the type of its answer and the time that it took. */
export function observeOperations(schema: GraphQLSchema, metrics: Metrics): void {
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    if (type) observeFields(type, metrics);
  }
}

function observeFields(type: GraphQLObjectType, metrics: Metrics): void {
  for (const field of Object.values(type.getFields())) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = async (...args) => {
      const startedAt = performance.now();
      let result = 'ERROR';
      let code = '';
      try {
        const answer = (await resolve(...args)) as { readonly __typename: string; readonly code?: string };
        result = answer.__typename;
        code = answer.code ?? '';
        return answer;
      } finally {
        metrics.operation(field.name, result, code, (performance.now() - startedAt) / 1000);
      }
    };
  }
}
