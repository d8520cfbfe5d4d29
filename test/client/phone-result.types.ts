import { type LoginResult, type PhoneResult, type RefusalCode, type Wx } from '../../src/client/index.js';

/* Checked by the compiler alone, `npm run types`: an expectation of an error that is none is an error itself. */

function never(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}

/** Handles everything that a tap may come to. */
export function numberHandled(result: PhoneResult): string {
  switch (result.__typename) {
    case 'PhoneNumber':
      return result.e164;
    case 'TapRefused':
      return refusalHandled(result.code);
    case 'RequestRejected':
      return result.requestId ?? result.code;
    case 'WxLoginFailed':
      return result.retryAfterSeconds.toFixed();
    case 'GatewayUnreachable':
    case 'InvalidCodeError':
    case 'InvalidSessionError':
    case 'InvalidWatermarkError':
    case 'RateLimitedError':
    case 'ServiceUnavailableError':
    case 'UserBlockedError':
      return result.remedy;
    default:
      return never(result);
  }
}

/** Forgets WxLoginFailed. */
export function numberForgotten(result: PhoneResult): string {
  switch (result.__typename) {
    case 'PhoneNumber':
    case 'TapRefused':
    case 'RequestRejected':
    case 'GatewayUnreachable':
    case 'InvalidCodeError':
    case 'InvalidSessionError':
    case 'InvalidWatermarkError':
    case 'RateLimitedError':
    case 'ServiceUnavailableError':
    case 'UserBlockedError':
      return result.__typename;
    default:
      // @ts-expect-error WxLoginFailed is not handled
      return never(result);
  }
}

/** Handles every remedy, which is all that a page needs to know of a failure. */
export function remedyHandled(result: Exclude<PhoneResult, { __typename: 'PhoneNumber' }>): string {
  switch (result.remedy) {
    case 'TAP_AGAIN':
    case 'LOGIN_AND_RESEND':
      return 'tap';
    case 'RETRY_LATER':
      return 'wait';
    case 'NONE':
      return 'type';
    default:
      return never(result);
  }
}

/** Forgets NONE. */
export function remedyForgotten(result: Exclude<PhoneResult, { __typename: 'PhoneNumber' }>): string {
  switch (result.remedy) {
    case 'TAP_AGAIN':
    case 'LOGIN_AND_RESEND':
    case 'RETRY_LATER':
      return result.remedy;
    default:
      // @ts-expect-error NONE is not handled
      return never(result);
  }
}

function refusalHandled(code: RefusalCode): string {
  switch (code) {
    case 'USER_DENIED':
    case 'PRIVACY_NOT_ACCEPTED':
      return 'up to the user';
    case 'NO_PERMISSION':
    case 'SCOPE_NOT_DECLARED':
    case 'QUOTA_USED_UP':
    case 'NO_DATA':
      return code;
    default:
      return never(code);
  }
}

/** Takes the number without a look at what came. */
export function numberUnchecked(result: PhoneResult): string {
  // @ts-expect-error only a PhoneNumber has a number
  return String(result.e164);
}

/** Takes a token from a login that may have failed. */
export function tokenUnchecked(result: LoginResult): string {
  // @ts-expect-error only a LoginSuccess has a token
  return String(result.token);
}

/** A wx without a storage. */
export function withoutStorage(wx: Omit<Wx, 'setStorageSync'>): Wx {
  // @ts-expect-error setStorageSync is missing
  return wx;
}
