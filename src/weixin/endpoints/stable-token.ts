import type { App } from '../../domain/app.js';
import { unavailable } from '../../domain/failure.js';
import { Secret } from '../../domain/secret.js';
import type { QuotaFailure } from '../weixin-api.js';
import type { WeixinRequest } from '../weixin-http.js';
import { dailyQuota, type Endpoint, minuteQuota, SYSTEM_BUSY } from './endpoint.js';

export interface IssuedToken {
  readonly token: Secret;
  /** Until it stops working, counted from the answer. */
  readonly lifeSeconds: number;
}

/** Weixin documents up to 512 characters. */
const ACCESS_TOKEN = /^[\x21-\x7e]{1,1024}$/;

/**
 * Source: developers.weixin.qq.com, "getStableAccessToken": the same token until its last five minutes, so that several
 * instances do not replace each other's.
 */
export const stableToken: Endpoint<IssuedToken, QuotaFailure> = {
  path: '/cgi-bin/stable_token',
  refusals: new Map<number, QuotaFailure>([
    [SYSTEM_BUSY, unavailable],
    [45011, minuteQuota],
    [45009, dailyQuota],
  ]),
  // Here, where no token goes in, it means a wrong secret.
  ours: new Set([40001]),
  parse({ access_token: token, expires_in: lifeSeconds }) {
    if (typeof token !== 'string' || !ACCESS_TOKEN.test(token)) return undefined;
    if (!Number.isInteger(lifeSeconds) || (lifeSeconds as number) <= 0) return undefined;
    return { token: new Secret(token), lifeSeconds: lifeSeconds as number };
  },
  unusable: () => unavailable,
};

export function stableTokenRequest({ appId, secret }: App): WeixinRequest {
  return {
    method: 'POST',
    path: stableToken.path,
    query: {},
    body: { grant_type: 'client_credential', appid: appId, secret: secret.reveal(), force_refresh: false },
  };
}
