import type { Metrics } from '../domain/metrics.js';
import { noTracing, type Tracing } from '../domain/tracing.js';
import type { MiddlewareInterface, NextFn, ResolverData } from 'type-graphql';

/** Answers that are no user's doing, and the error types of their spans. */
const FAILURES: ReadonlyMap<string, string> = new Map([
  ['ERROR', 'ERROR'],
  ['ServiceUnavailableError', 'SERVICE_UNAVAILABLE'],
]);

/** Measures and traces the root fields: the type of each answer, its error code and the time it took. */
export class ObserveOperations implements MiddlewareInterface {
  readonly #metrics: Metrics;
  readonly #tracing: Tracing;

  constructor(metrics: Metrics, tracing: Tracing = noTracing) {
    this.#metrics = metrics;
    this.#tracing = tracing;
  }

  async use({ info }: ResolverData, next: NextFn): Promise<unknown> {
    const span = this.#tracing.operation(info.operation.operation, info.fieldName);
    const startedAt = performance.now();
    let result = 'ERROR';
    let code = '';
    try {
      const answer = (await span.within(next)) as { readonly __typename: string; readonly code?: string };
      result = answer.__typename;
      code = answer.code ?? '';
      return answer;
    } finally {
      this.#metrics.operation(info.fieldName, result, code, (performance.now() - startedAt) / 1000);
      span.end({ result, code, error: FAILURES.get(result) });
    }
  }
}
