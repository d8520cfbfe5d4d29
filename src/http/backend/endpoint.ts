import type { FailureOf } from '../../domain/failure.js';
import type { BackendOutcome } from '../../domain/metrics.js';
import { BackendError, backendErrorBody } from './backend-error.js';

/** Something that back ends may ask for: POST with credentials. */
export interface BackendEndpoint {
  readonly path: string;
  /** Of the request's body, which is parsed when it comes to `answer`. */
  readonly mediaType: 'application/json' | 'application/x-www-form-urlencoded';
  /** @throws BackendError if the request is malformed, or nobody can answer it now */
  answer(body: unknown): Promise<BackendAnswer>;
}

export interface BackendAnswer {
  readonly status: number;
  readonly body: object;
  /** For the log and the metric. */
  readonly outcome: BackendOutcome;
}

export function done(outcome: BackendOutcome, body: object): BackendAnswer {
  return { status: 200, body, outcome };
}

/** An expected failure that says something about the user. */
export function refused(status: number, outcome: BackendOutcome, message: string): BackendAnswer {
  return { status, body: backendErrorBody(outcome, message), outcome };
}

/** A failure that passes by itself. */
export function later({ code, retryAfterSeconds }: FailureOf<'RATE_LIMITED' | 'SERVICE_UNAVAILABLE'>): BackendError {
  const headers = { 'retry-after': String(retryAfterSeconds) };
  return code === 'RATE_LIMITED'
    ? new BackendError(429, 'rate_limited', 'Too many requests: send the same one again later.', headers)
    : new BackendError(503, 'temporarily_unavailable', 'Weixin or the session store gave no answer in time.', headers);
}
