import { sessionKeySignature } from '../../crypto/session-key-signature.js';
import type { OpenId } from '../../domain/app.js';
import type { SessionKey } from '../../domain/session-key.js';
import type { QuotaFailure } from '../weixin-api.js';
import type { WeixinRequest } from '../weixin-http.js';
import { errcodeOf } from '../weixin-json.js';
import { dailyQuota, type Endpoint, minuteQuota, read, unreadable } from './endpoint.js';

/**
 * Asks whether a session key is the user's current one.
 * Source: developers.weixin.qq.com, "checkSessionKey".
 */
export const checkSessionKey: Endpoint<boolean, QuotaFailure> = {
  path: '/wxa/checksession',
  // 87009: the signature was not made with the user's current key.
  answers: new Map([[87009, false]]),
  refusals: new Map<number, QuotaFailure>([
    [45011, minuteQuota],
    [45009, dailyQuota],
  ]),
  // The answer holds only the errcode.
  parse: (body) => (errcodeOf(body) === 0 ? read(true) : unreadable('no errcode')),
  refuse: (failure) => failure,
};

export function checkSessionKeyRequest(openId: OpenId, key: SessionKey): WeixinRequest {
  return {
    method: 'GET',
    path: checkSessionKey.path,
    query: { openid: openId, signature: sessionKeySignature(key, ''), sig_method: 'hmac_sha256' },
  };
}
