import type { AppId } from '../domain/app.js';
import type { AccessTokenDesk, IssuedToken } from './access-token-desk.js';
import { weixinError, type WeixinError } from './weixin-error.js';

/** Appid of the simulated platform, which is clearly not a real one. */
export const PLATFORM_APP_ID = 'wxde000000000000c0' as AppId;

/**
 * A third-party platform to which the simulator's Mini Programs are authorized: its own token, and those of the Mini
 * Programs, which it has without their secrets.
 */
export class ThirdPartyPlatform {
  readonly appId = PLATFORM_APP_ID;
  readonly #tokens: AccessTokenDesk;
  readonly #left = new Set<string>();

  constructor(tokens: AccessTokenDesk) {
    this.#tokens = tokens;
  }

  /** Has the owner of this Mini Program end its authorization, or give it again. */
  authorize(appId: string, isAuthorized: boolean): void {
    if (isAuthorized) this.#left.delete(appId);
    else this.#left.add(appId);
  }

  componentToken(): IssuedToken {
    return this.#tokens.current(this.appId);
  }

  authorizerToken(appId: string): IssuedToken | WeixinError {
    return this.#refusal(appId) ?? this.#tokens.current(appId);
  }

  /** Why a call for this Mini Program with this component_access_token is refused; undefined: it is not. */
  refuses(appId: string, componentAppId: string | undefined, token: string | undefined): WeixinError | undefined {
    const holder = this.#tokens.appOf(token);
    if (typeof holder !== 'string') return holder;
    if (holder !== this.appId || componentAppId !== this.appId) return weixinError(40001, 'invalid credential');
    return this.#refusal(appId);
  }

  #refusal(appId: string): WeixinError | undefined {
    return this.#left.has(appId) ? weixinError(61003, 'component is not authorized by this account') : undefined;
  }
}
