import type { Log } from '../../domain/log.js';
import { OperatorError } from '../../weixin/weixin-api.js';

/** The request that an unexpected error belongs to. */
export interface FailedRequest {
  readonly requestId: string;
  readonly traceparent: string | undefined;
}

/** Logs an unexpected error with the request that it ended; a refusal by Weixin with what the operator needs to know. */
export function logUnexpected(log: Log, request: FailedRequest, error: unknown): void {
  if (error instanceof OperatorError) {
    log.error({ ...request, ...error.about }, error.message);
  } else {
    log.error({ ...request, error }, 'unexpected error');
  }
}
