/** Where a code came from: wx.login or the phone button. The remedy for a bad code depends on it. */
export type CodeOrigin = 'WX_LOGIN' | 'TAP';

/**
 * What is wrong with the credentials of a request, as far as its headers alone show it: it tells nothing about any token.
 */
export type AuthorizationProblem = 'MALFORMED' | 'PLACEHOLDER' | 'OTHER_HEADER';

/**
 * Expected failures that a client may have to tell apart; `code` is the public ErrorCode of the same name.
 * graphql/errors/answers.ts has a table typed over these codes, so a new code does not compile without an answer there.
 */
export type Failure =
  | { readonly code: 'NOT_LOGGED_IN'; readonly problem?: AuthorizationProblem }
  | { readonly code: 'KEY_MISMATCH' }
  | { readonly code: 'APP_ID_MISMATCH' }
  | { readonly code: 'TOO_OLD' }
  | { readonly code: 'IN_THE_FUTURE' }
  | { readonly code: 'NOT_ISSUED_BY_WEIXIN' }
  | { readonly code: 'CODE_INVALID'; readonly origin: CodeOrigin }
  | { readonly code: 'CODE_ALREADY_USED'; readonly origin: CodeOrigin }
  | { readonly code: 'USER_BLOCKED' }
  | { readonly code: 'RATE_LIMITED'; readonly retryAfterSeconds: number }
  | { readonly code: 'SERVICE_UNAVAILABLE'; readonly retryAfterSeconds: number };

export type FailureCode = Failure['code'];

/** The failures with these codes: `FailureOf<'TOO_OLD' | 'IN_THE_FUTURE'>`. */
export type FailureOf<C extends FailureCode> = Extract<Failure, { readonly code: C }>;

/**
 * Seconds that a client should wait after SERVICE_UNAVAILABLE: long enough for a hiccup, short enough for a waiting
 * user.
 */
export const UNAVAILABLE_RETRY_SECONDS = 2;

export const unavailable: FailureOf<'SERVICE_UNAVAILABLE'> = {
  code: 'SERVICE_UNAVAILABLE',
  retryAfterSeconds: UNAVAILABLE_RETRY_SECONDS,
};
