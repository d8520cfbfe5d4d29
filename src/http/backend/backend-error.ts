import type { BackendOutcome } from '../../domain/metrics.js';

/**
 * The body of an error: `error` is a code of RFC 6749 section 5.2 if it has one for the case. None of them holds a value from the
 * request.
 */
export interface BackendErrorBody {
  readonly error: BackendOutcome;
  readonly error_description: string;
}

/** An error of the request itself, or of the credentials, told to the caller with this HTTP status. */
export class BackendError extends Error {
  override readonly name = 'BackendError';

  constructor(
    readonly statusCode: number,
    readonly code: BackendOutcome,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

export function backendErrorBody(code: BackendOutcome, message: string): BackendErrorBody {
  return { error: code, error_description: message };
}

export function invalidRequest(message: string, statusCode = 400): BackendError {
  return new BackendError(statusCode, 'invalid_request', message);
}
