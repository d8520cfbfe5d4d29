import type { DecryptPhoneMutation, LoginMutation } from '../../src/client/generated/graphql.js';
import type { FailureOf } from '../../src/domain/failure.js';
import { answerTo } from '../../src/graphql/errors/answers.js';
import type { DecryptPhoneResult } from '../../src/graphql/operations/decrypt-phone.js';
import type { LoginResult } from '../../src/graphql/operations/login.js';
import type { LogoutResult } from '../../src/graphql/operations/logout.js';
import type { SessionResult } from '../../src/graphql/operations/session.js';

/* Checked by the compiler alone, `npm run types`: an expectation of an error that is none is an error itself. */

function never(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}

/** Handles every member of the login's union. */
export function loginHandled(result: LoginMutation['login']): string {
  switch (result.__typename) {
    case 'LoginSuccess':
      return result.token;
    case 'InvalidCodeError':
    case 'UserBlockedError':
      return result.remedy;
    case 'RateLimitedError':
    case 'ServiceUnavailableError':
      return String(result.retryAfterSeconds);
    default:
      return never(result);
  }
}

/** Forgets UserBlockedError. */
export function loginForgotten(result: LoginMutation['login']): string {
  switch (result.__typename) {
    case 'LoginSuccess':
    case 'InvalidCodeError':
    case 'RateLimitedError':
    case 'ServiceUnavailableError':
      return result.__typename;
    default:
      // @ts-expect-error UserBlockedError is not handled
      return never(result);
  }
}

/** Names a member that the login's union has not. */
export function loginMisnamed(result: LoginMutation['login']): string {
  switch (result.__typename) {
    // @ts-expect-error a login has no bad watermark
    case 'InvalidWatermarkError':
      return 'never';
    default:
      return result.__typename;
  }
}

/** Handles every member of decryptPhone's union. */
export function phoneHandled(result: DecryptPhoneMutation['decryptPhone']): string {
  switch (result.__typename) {
    case 'PhoneNumber':
      return result.e164;
    case 'InvalidSessionError':
    case 'InvalidWatermarkError':
      return result.code;
    case 'RateLimitedError':
    case 'ServiceUnavailableError':
      return result.message;
    default:
      return never(result);
  }
}

/** Forgets InvalidWatermarkError. */
export function phoneForgotten(result: DecryptPhoneMutation['decryptPhone']): string {
  switch (result.__typename) {
    case 'PhoneNumber':
    case 'InvalidSessionError':
    case 'RateLimitedError':
    case 'ServiceUnavailableError':
      return result.__typename;
    default:
      // @ts-expect-error InvalidWatermarkError is not handled
      return never(result);
  }
}

/** Takes the number without a look at what came. */
export function phoneUnchecked(result: DecryptPhoneMutation['decryptPhone']): string {
  // @ts-expect-error only a PhoneNumber has a number
  return String(result.e164);
}

/** A resolver answers a failure whose member its union has. */
export function answered(
  login: FailureOf<'USER_BLOCKED' | 'CODE_INVALID'>,
  decrypt: FailureOf<'KEY_MISMATCH' | 'TOO_OLD'>,
): [typeof LoginResult, typeof DecryptPhoneResult] {
  return [answerTo(login), answerTo(decrypt)];
}

/** And none whose member its union lacks. */
export const unanswered = {
  login: (failure: FailureOf<'USER_BLOCKED' | 'KEY_MISMATCH'>): typeof LoginResult => {
    // @ts-expect-error LoginResult lacks InvalidSessionError
    return answerTo(failure);
  },
  decryptPhone: (failure: FailureOf<'TOO_OLD' | 'CODE_INVALID'>): typeof DecryptPhoneResult => {
    // @ts-expect-error DecryptPhoneResult lacks InvalidCodeError
    return answerTo(failure);
  },
  session: (failure: FailureOf<'NOT_LOGGED_IN' | 'RATE_LIMITED'>): typeof SessionResult => {
    // @ts-expect-error SessionResult lacks RateLimitedError
    return answerTo(failure);
  },
  logout: (failure: FailureOf<'SERVICE_UNAVAILABLE' | 'NOT_LOGGED_IN'>): typeof LogoutResult => {
    // @ts-expect-error LogoutResult lacks InvalidSessionError
    return answerTo(failure);
  },
};
