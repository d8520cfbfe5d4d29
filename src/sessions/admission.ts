import type { FailureOf } from '../domain/failure.js';
import type { Metrics } from '../domain/metrics.js';
import { fail, type Result, succeed } from '../domain/result.js';
import type { RateLimit } from '../stores/rate-limit.js';
import { orUnavailable } from '../stores/store-unavailable.js';

export type NotAdmitted = FailureOf<'RATE_LIMITED' | 'SERVICE_UNAVAILABLE'>;

const ADMITTED = succeed(undefined);

/**
 * Counts a request of this subject; a failure where it is one too many. Where the count is out of reach the request is not
 * let through: whoever can make a store fail would else be rid of every limit.
 */
export function admit(limit: RateLimit, subject: string, metrics: Metrics): Promise<Result<undefined, NotAdmitted>> {
  return orUnavailable<Result<undefined, NotAdmitted>>(async () => {
    const admission = await limit.count(subject);
    if (admission.admitted) return ADMITTED;
    metrics.rateLimited(limit.name);
    return fail({ code: 'RATE_LIMITED', retryAfterSeconds: Math.ceil(admission.retryAfter / 1000) });
  });
}
