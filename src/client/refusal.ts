import { numberOf, textOf } from './foreign-value.js';
import type { RefusalCode, TapRefused } from './results.js';

const BY_ERRNO: Readonly<Record<number, RefusalCode>> = {
  104: 'PRIVACY_NOT_ACCEPTED',
  112: 'SCOPE_NOT_DECLARED',
  1400001: 'QUOTA_USED_UP',
};

/**
 * Weixin's versions say the same in many words. The first row that fits counts: what the user denied may be a permission,
 * and a scope may be missing from the privacy terms.
 */
const BY_WORDING: readonly (readonly [RegExp, RefusalCode])[] = [
  [/scope is not declared/, 'SCOPE_NOT_DECLARED'],
  [/privacy/, 'PRIVACY_NOT_ACCEPTED'],
  [/quota|额度|次数|上限/, 'QUOTA_USED_UP'],
  [/\b(no|not|without) (\w+ )*permission|(permission|access) denied|[没沒无無][^拒]*[权權]限/, 'NO_PERMISSION'],
  [/\b(deny|denied|cancel|reject|refuse)|拒[绝絕]|取消/, 'USER_DENIED'],
];

const SEPARATORS = /[\s:：,，._-]+/g;

/** Characters that are read of Weixin's wording; it takes one sentence. */
const LONGEST_WORDING = 300;

/** Why the event of a tap carries nothing to send. */
export function refusal(tap: unknown): TapRefused {
  const errMsg = textOf(tap, 'errMsg').slice(0, LONGEST_WORDING);
  const errno = numberOf(tap, 'errno');
  const wording = errMsg.toLowerCase().replace(SEPARATORS, ' ');
  const row = BY_WORDING.find(([pattern]) => pattern.test(wording));
  const code = BY_ERRNO[errno] || (row ? row[1] : 'NO_DATA');
  const isSilent = !errMsg && !errno;
  // Another tap ends otherwise if that is up to the user, or if Weixin refused nothing.
  const mayEndOtherwise = isSilent || code === 'USER_DENIED' || code === 'PRIVACY_NOT_ACCEPTED';
  return {
    __typename: 'TapRefused',
    code,
    message: isSilent ? 'No event of a button with open-type="getPhoneNumber".' : errMsg,
    remedy: mayEndOtherwise ? 'TAP_AGAIN' : 'NONE',
    retryAfterSeconds: null,
  };
}
