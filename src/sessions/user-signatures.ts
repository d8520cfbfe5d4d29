import { sessionKeySignature } from '../crypto/session-key-signature.js';
import type { Apps, User } from '../domain/app.js';
import type { Milliseconds } from '../domain/clock.js';
import { Deadline } from '../domain/deadline.js';
import { fail, type Result, succeed } from '../domain/result.js';
import type { KeyRingStore } from '../stores/key-ring-store.js';
import { orUnavailable } from '../stores/store-unavailable.js';
import type { QuotaFailure } from '../weixin/weixin-api.js';
import { type CurrentKeyOptions, isCurrentKey } from './current-key.js';

/** `NO_SESSION_KEY`: none is on file, or the app is not served. `KEY_NOT_CURRENT`: Weixin says that the newest one is not the user's any more. */
export type SignatureFailure = { readonly code: 'NO_SESSION_KEY' | 'KEY_NOT_CURRENT' } | QuotaFailure;

export interface UserSignaturesOptions extends CurrentKeyOptions {
  readonly apps: Pick<Apps, 'get'>;
  readonly rings: KeyRingStore;
  readonly weixinTimeout: Milliseconds;
}

/**
 * Signs data for a user, as Weixin's virtual payment wants it ("signature" of wx.requestVirtualPayment). The session key
 * never leaves the gateway, so only the gateway can; and only back ends may ask, since a signature is the user's consent.
 */
export class UserSignatures {
  readonly #options: UserSignaturesOptions;

  constructor(options: UserSignaturesOptions) {
    this.#options = options;
  }

  /**
   * HMAC-SHA256 of the data's UTF-8 bytes under the user's newest session key, in lower-case hexadecimal.
   *
   * @param check asks Weixin first whether that key is still the user's
   */
  sign(user: User, data: string, check: boolean): Promise<Result<string, SignatureFailure>> {
    const { apps, rings, weixinTimeout } = this.#options;
    const deadline = new Deadline(weixinTimeout);
    return orUnavailable<Result<string, SignatureFailure>>(async () => {
      const [newest] = apps.get(user.appId) === undefined ? [] : await rings.find(user);
      if (newest === undefined) return fail({ code: 'NO_SESSION_KEY' });
      if (check) {
        const current = await isCurrentKey(this.#options, user, newest.key, deadline);
        if (!current.ok) return current;
        if (!current.value) return fail({ code: 'KEY_NOT_CURRENT' });
      }
      return succeed(sessionKeySignature(newest.key, data));
    });
  }
}
