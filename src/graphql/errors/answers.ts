import type { AuthorizationProblem, CodeOrigin, Failure, FailureCode, FailureOf } from '../../domain/failure.js';
import {
  ErrorCode,
  InvalidCodeError,
  InvalidSessionError,
  InvalidWatermarkError,
  RateLimitedError,
  Remedy,
  ServiceUnavailableError,
  UserBlockedError,
} from './user-error.js';

const codeRemedy: Record<CodeOrigin, Remedy> = { WX_LOGIN: Remedy.LOGIN_AND_RESEND, TAP: Remedy.TAP_AGAIN };
const codeSource: Record<CodeOrigin, string> = { WX_LOGIN: 'wx.login', TAP: "the button's event" };

/** Messages if the request shows what is wrong. Unknown, expired and revoked tokens share the other one. */
const authorizationProblems: Record<AuthorizationProblem, string> = {
  MALFORMED:
    "The Authorization header is malformed: it must be 'Bearer <token>' with the token of the login mutation and nothing else.",
  PLACEHOLDER:
    'The Authorization header has undefined or null for a token: the client sent it before it had one. Call wx.login and the login mutation, then send the request again.',
  OTHER_HEADER:
    "There is no Authorization header, and the gateway takes a token from no other one: send 'Authorization: Bearer <token>' with the token of the login mutation.",
};

/** One row per failure code: union member, remedy and message. A missing row does not compile. */
const answers = {
  NOT_LOGGED_IN: ({ problem }: FailureOf<'NOT_LOGGED_IN'>) =>
    new InvalidSessionError(
      ErrorCode.NOT_LOGGED_IN,
      Remedy.LOGIN_AND_RESEND,
      problem === undefined
        ? 'There is no live session for this request: call wx.login and the login mutation, then send the request again.'
        : authorizationProblems[problem],
    ),
  KEY_MISMATCH: () =>
    new InvalidSessionError(
      ErrorCode.KEY_MISMATCH,
      Remedy.LOGIN_AND_RESEND,
      "None of the user's recent session keys opens this data: call wx.login and the login mutation, then send the same data again; if the answer stays, have the user tap again.",
    ),
  APP_ID_MISMATCH: () =>
    new InvalidWatermarkError(
      ErrorCode.APP_ID_MISMATCH,
      Remedy.NONE,
      'Weixin issued this data for another Mini Program than the one that is logged in.',
    ),
  TOO_OLD: () =>
    new InvalidWatermarkError(
      ErrorCode.TOO_OLD,
      Remedy.TAP_AGAIN,
      'This data is older than the gateway accepts: have the user tap again, and send the data at once.',
    ),
  IN_THE_FUTURE: () =>
    new InvalidWatermarkError(
      ErrorCode.IN_THE_FUTURE,
      Remedy.NONE,
      "This data is dated further ahead than clock skew explains: the gateway's clock may be slow.",
    ),
  NOT_ISSUED_BY_WEIXIN: () =>
    new InvalidWatermarkError(
      ErrorCode.NOT_ISSUED_BY_WEIXIN,
      Remedy.TAP_AGAIN,
      'Weixin says that it did not issue this data: have the user tap again.',
    ),
  CODE_INVALID: ({ origin }: FailureOf<'CODE_INVALID'>) =>
    new InvalidCodeError(
      ErrorCode.CODE_INVALID,
      codeRemedy[origin],
      `Weixin does not know this code, or it has expired: get a new one from ${codeSource[origin]}.`,
    ),
  CODE_ALREADY_USED: ({ origin }: FailureOf<'CODE_ALREADY_USED'>) =>
    new InvalidCodeError(
      ErrorCode.CODE_ALREADY_USED,
      codeRemedy[origin],
      `This code was used before: get a new one from ${codeSource[origin]}.`,
    ),
  USER_BLOCKED: () =>
    new UserBlockedError(
      ErrorCode.USER_BLOCKED,
      Remedy.NONE,
      'Weixin judges this user high-risk and refuses the login.',
    ),
  RATE_LIMITED: ({ retryAfterSeconds }: FailureOf<'RATE_LIMITED'>) =>
    new RateLimitedError(
      ErrorCode.RATE_LIMITED,
      Remedy.RETRY_LATER,
      'Too many requests, or too many failures with this session key: wait, then send the same request again.',
      retryAfterSeconds,
    ),
  SERVICE_UNAVAILABLE: ({ retryAfterSeconds }: FailureOf<'SERVICE_UNAVAILABLE'>) =>
    new ServiceUnavailableError(
      ErrorCode.SERVICE_UNAVAILABLE,
      Remedy.RETRY_LATER,
      'Weixin or the session store gave no usable answer in time: wait, then send the same request again.',
      retryAfterSeconds,
    ),
} satisfies { readonly [C in FailureCode]: (failure: FailureOf<C>) => unknown };

/**
 * Returns the union member for a failure. Its type follows from the failure's codes, so a resolver whose union lacks a
 * member does not compile.
 */
export function answerTo<F extends Failure>(failure: F): ReturnType<(typeof answers)[F['code']]> {
  const answer = answers[failure.code] as (failure: Failure) => unknown;
  return answer(failure) as ReturnType<(typeof answers)[F['code']]>;
}
