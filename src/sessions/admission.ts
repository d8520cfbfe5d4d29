import type { Milliseconds } from '../domain/clock.js';
import type { FailureOf } from '../domain/failure.js';
import type { Metrics, RateLimitName } from '../domain/metrics.js';
import { fail, type Result, succeed } from '../domain/result.js';
import type { LoginAdmission } from '../stores/login-limit.js';
import type { RateLimit } from '../stores/rate-limit.js';
import { orUnavailable } from '../stores/store-unavailable.js';

export type NotAdmitted = FailureOf<'RATE_LIMITED' | 'SERVICE_UNAVAILABLE'>;

const ADMITTED = succeed(undefined);

/**
 * Counts a request of this subject; a failure if it is one too many. Fails closed: otherwise taking the store down would
 * bypass every limit.
 */
export function admit(limit: RateLimit, subject: string, metrics: Metrics): Promise<Result<undefined, NotAdmitted>> {
  return orUnavailable<Result<undefined, NotAdmitted>>(async () => {
    const admission = await limit.count(subject);
    return admission.admitted ? ADMITTED : refused(limit.name, admission.retryAfter, metrics);
  });
}

/**
 * The admission of one login, which may be asked for before it is known whether the code has to go to Weixin at all. Only a
 * code that does counts: otherwise the admission is taken back.
 */
export class AdmissionInAdvance {
  readonly #count: () => Promise<LoginAdmission>;
  readonly #metrics: Metrics;
  #counted: Promise<LoginAdmission> | undefined;

  constructor(count: () => Promise<LoginAdmission>, metrics: Metrics) {
    this.#count = count;
    this.#metrics = metrics;
  }

  /** Asks for it, if that was not done yet. */
  ask(): Promise<LoginAdmission> {
    if (this.#counted === undefined) {
      this.#counted = this.#count();
      // Nobody may come to ask how it ended.
      this.#counted.catch(() => undefined);
    }
    return this.#counted;
  }

  /** The answer, which fails closed. */
  admit(): Promise<Result<undefined, NotAdmitted>> {
    return orUnavailable<Result<undefined, NotAdmitted>>(async () => {
      const admission = await this.ask();
      return admission.admitted ? ADMITTED : refused(admission.limit, admission.retryAfter, this.#metrics);
    });
  }

  takeBack(): void {
    this.#counted?.then(
      (admission) => {
        if (admission.admitted) admission.takeBack();
      },
      // It may stay counted: that lets one login less through.
      () => undefined,
    );
  }
}

function refused(limit: RateLimitName, retryAfter: Milliseconds, metrics: Metrics): Result<undefined, NotAdmitted> {
  metrics.rateLimited(limit);
  return fail({ code: 'RATE_LIMITED', retryAfterSeconds: Math.ceil(retryAfter / 1000) });
}
