import { type FailureOf, unavailable } from '../domain/failure.js';
import { fail, type Result } from '../domain/result.js';

/**
 * The one thing that a store throws: it could not be reached, or did not answer in time. Anything that a store knows,
 * absence included, is a value.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

type Unavailable = { readonly ok: false; readonly failure: FailureOf<'SERVICE_UNAVAILABLE'> };

/**
 * The result of some work on a store, where a lost store is one of the expected failures.
 *
 * @param work throws nothing before it returns its promise
 */
export function orUnavailable<R extends Result<unknown, unknown>>(work: () => Promise<R>): Promise<R | Unavailable> {
  return work().catch(unavailableOrThrow);
}

function unavailableOrThrow(error: unknown): Unavailable {
  if (error instanceof StoreUnavailable) return fail(unavailable);
  throw error;
}
