import type { App } from '../../domain/app.js';
import { Secret } from '../../domain/secret.js';
import type { QuotaFailure } from '../weixin-api.js';
import type { WeixinRequest } from '../weixin-http.js';
import { wholeNumber } from '../weixin-json.js';
import { dailyQuota, type Endpoint, minuteQuota, read, unreadable } from './endpoint.js';

export interface IssuedToken {
  readonly token: Secret;
  /** Seconds until it expires, counted from the answer. */
  readonly lifeSeconds: number;
}

/** Weixin documents up to 512 characters. */
export const ACCESS_TOKEN = /^[\x21-\x7e]{1,1024}$/;

/**
 * Fetches an access token. Weixin returns the same token until its last five minutes, so that instances do not
 * invalidate each other's tokens.
 * Source: developers.weixin.qq.com, "getStableAccessToken".
 */
export const stableToken: Endpoint<IssuedToken, QuotaFailure> = {
  path: '/cgi-bin/stable_token',
  refusals: new Map<number, QuotaFailure>([
    [45011, minuteQuota],
    [45009, dailyQuota],
  ]),
  parse({ access_token: token, expires_in: life }) {
    if (typeof token !== 'string' || !ACCESS_TOKEN.test(token))
      return unreadable('access_token is missing or malformed');
    const lifeSeconds = wholeNumber(life);
    if (lifeSeconds === undefined || lifeSeconds <= 0) return unreadable('expires_in is not a number of seconds');
    return read({ token: new Secret(token), lifeSeconds });
  },
  refuse: (failure) => failure,
};

/** @param force invalidates the current token and issues a new one: at most 20 times a day, 30 seconds apart */
export function stableTokenRequest({ appId, secret }: App, force: boolean): WeixinRequest {
  return {
    method: 'POST',
    path: stableToken.path,
    query: {},
    body: { grant_type: 'client_credential', appid: appId, secret: secret?.reveal() ?? '', force_refresh: force },
  };
}
