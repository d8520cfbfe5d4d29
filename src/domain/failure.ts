/** The code of a login or of a tap: what to do about a bad one depends on where it came from. */
export type CodeOrigin = 'WX_LOGIN' | 'TAP';

/**
 * Every failure that a client may meet and treat differently; `code` is the public ErrorCode of the same name.
 * The graphql room holds a table typed over these codes, so a new one does not compile until it has an answer there.
 */
export type Failure =
  | { readonly code: 'NOT_LOGGED_IN' }
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

/** How long a client should wait after SERVICE_UNAVAILABLE: long enough for a hiccup, short enough for a waiting user. */
export const UNAVAILABLE_RETRY_SECONDS = 2;

export const unavailable: FailureOf<'SERVICE_UNAVAILABLE'> = {
  code: 'SERVICE_UNAVAILABLE',
  retryAfterSeconds: UNAVAILABLE_RETRY_SECONDS,
};
