import { type App, type AppId, parseOpenId } from '../../domain/app.js';
import { SessionKey } from '../../domain/session-key.js';
import type { Code2SessionRefusal, WeixinSession } from '../weixin-api.js';
import type { WeixinRequest } from '../weixin-http.js';
import { dailyQuota, type Endpoint, minuteQuota, read, unreadable } from './endpoint.js';

const UNION_ID = /^[\x21-\x7e]{1,128}$/;

/**
 * Exchanges a login code for the user's ids and session key. The secret is in the URL, so the URL is never logged and
 * no redirect is followed.
 * Source: developers.weixin.qq.com, "code2Session".
 */
export const code2Session: Endpoint<WeixinSession, Code2SessionRefusal> = {
  path: '/sns/jscode2session',
  refusals: new Map<number, Code2SessionRefusal>([
    [40029, { failure: { code: 'CODE_INVALID', origin: 'WX_LOGIN' }, codeSpent: 'yes' }],
    // Undocumented; reported by users.
    [40163, { failure: { code: 'CODE_ALREADY_USED', origin: 'WX_LOGIN' }, codeSpent: 'yes' }],
    [40226, { failure: { code: 'USER_BLOCKED' }, codeSpent: 'yes' }],
    [45011, { failure: minuteQuota, codeSpent: 'no' }],
    [45009, { failure: dailyQuota, codeSpent: 'no' }],
  ]),
  parse({ openid, session_key: sessionKeyText, unionid }) {
    const openId = typeof openid === 'string' ? parseOpenId(openid) : undefined;
    if (openId === undefined) return unreadable('openid is missing or malformed');
    const sessionKey = typeof sessionKeyText === 'string' ? SessionKey.parse(sessionKeyText) : undefined;
    if (sessionKey === undefined) return unreadable('session_key is missing or is not 16 bytes of Base64');
    // Users without an Open Platform account have no unionid: it is missing, null or empty then.
    const unionId = unionid === undefined || unionid === '' ? null : unionid;
    if (unionId !== null && (typeof unionId !== 'string' || !UNION_ID.test(unionId))) {
      return unreadable('unionid is malformed');
    }
    return read({ openId, sessionKey, unionId });
  },
  refuse: (failure, codeSpent) => ({ failure, codeSpent }),
};

export function code2SessionRequest({ appId, secret }: App, code: string): WeixinRequest {
  return {
    method: 'GET',
    path: code2Session.path,
    query: { appid: appId, secret: secret?.reveal() ?? '', js_code: code, grant_type: 'authorization_code' },
  };
}

/**
 * The same through a third-party platform, whose component_access_token goes along.
 * Source: developers.weixin.qq.com, "Third-party platforms: Mini Program login".
 */
export const componentCode2Session: Endpoint<WeixinSession, Code2SessionRefusal> = {
  ...code2Session,
  path: '/sns/component/jscode2session',
};

export function componentCode2SessionRequest({ appId }: App, platform: AppId, code: string): WeixinRequest {
  return {
    method: 'GET',
    path: componentCode2Session.path,
    query: { appid: appId, js_code: code, grant_type: 'authorization_code', component_appid: platform },
  };
}
