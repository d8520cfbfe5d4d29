import type { Metrics } from '../domain/metrics.js';
import type { MiddlewareInterface, NextFn, ResolverData } from 'type-graphql';

/** Measures the root fields: the type of each answer, its error code and the time it took. */
export class ObserveOperations implements MiddlewareInterface {
  readonly #metrics: Metrics;

  constructor(metrics: Metrics) {
    this.#metrics = metrics;
  }

  async use({ info }: ResolverData, next: NextFn): Promise<unknown> {
    const startedAt = performance.now();
    let result = 'ERROR';
    let code = '';
    try {
      const answer = (await next()) as { readonly __typename: string; readonly code?: string };
      result = answer.__typename;
      code = answer.code ?? '';
      return answer;
    } finally {
      this.#metrics.operation(info.fieldName, result, code, (performance.now() - startedAt) / 1000);
    }
  }
}
