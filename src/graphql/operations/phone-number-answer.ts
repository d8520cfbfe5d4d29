import type { Failure } from '../../domain/failure.js';
import type { PhoneNumber as DomainPhoneNumber } from '../../domain/phone-number.js';
import type { Result } from '../../domain/result.js';
import type { Session } from '../../domain/session.js';
import type { SessionService } from '../../sessions/session-service.js';
import { sessionOfCaller } from '../caller.js';
import { answerTo } from '../errors/answers.js';
import {
  InvalidCodeError,
  InvalidSessionError,
  InvalidWatermarkError,
  RateLimitedError,
  ServiceUnavailableError,
} from '../errors/user-error.js';
import type { RequestContext } from '../request-context.js';
import { PhoneNumber } from '../types/phone-number.js';

/** Result types of the operations for which Weixin opens the number. */
export const openedByWeixin = [
  PhoneNumber,
  InvalidSessionError,
  InvalidCodeError,
  InvalidWatermarkError,
  RateLimitedError,
  ServiceUnavailableError,
] as const;

/** Answers an operation for a phone number: authenticates the caller, then finds the number for the session. */
export async function phoneNumberAnswer<F extends Failure>(
  sessions: SessionService,
  context: RequestContext,
  find: (session: Session) => Promise<Result<DomainPhoneNumber, F>>,
) {
  const session = await sessionOfCaller(sessions, context);
  if (!session.ok) return answerTo(session.failure);
  const number = await find(session.value);
  return number.ok ? new PhoneNumber(number.value) : answerTo(number.failure);
}
