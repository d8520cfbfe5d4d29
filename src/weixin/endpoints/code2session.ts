import { type App, parseOpenId } from '../../domain/app.js';
import { unavailable } from '../../domain/failure.js';
import { SessionKey } from '../../domain/session-key.js';
import type { Code2SessionRefusal, WeixinSession } from '../weixin-api.js';
import type { WeixinRequest } from '../weixin-http.js';
import { dailyQuota, type Endpoint, minuteQuota, SYSTEM_BUSY } from './endpoint.js';

const UNION_ID = /^[\x21-\x7e]{1,128}$/;

/** Source: developers.weixin.qq.com, "code2Session". The secret is in the URL: it is never logged, nor redirected. */
export const code2Session: Endpoint<WeixinSession, Code2SessionRefusal> = {
  path: '/sns/jscode2session',
  refusals: new Map<number, Code2SessionRefusal>([
    [SYSTEM_BUSY, { failure: unavailable, codeSpent: 'no' }],
    [40029, { failure: { code: 'CODE_INVALID', origin: 'WX_LOGIN' }, codeSpent: 'yes' }],
    // Not on Weixin's page; users report it.
    [40163, { failure: { code: 'CODE_ALREADY_USED', origin: 'WX_LOGIN' }, codeSpent: 'yes' }],
    [40226, { failure: { code: 'USER_BLOCKED' }, codeSpent: 'yes' }],
    [45011, { failure: minuteQuota, codeSpent: 'no' }],
    [45009, { failure: dailyQuota, codeSpent: 'no' }],
  ]),
  parse({ openid, session_key: sessionKeyText, unionid = null }) {
    if (typeof openid !== 'string' || typeof sessionKeyText !== 'string') return undefined;
    const openId = parseOpenId(openid);
    const sessionKey = SessionKey.parse(sessionKeyText);
    const isUnionId = unionid === null || (typeof unionid === 'string' && UNION_ID.test(unionid));
    if (openId === undefined || sessionKey === undefined || !isUnionId) return undefined;
    return { openId, sessionKey, unionId: unionid };
  },
  unusable: (sent) => ({ failure: unavailable, codeSpent: sent ? 'unknown' : 'no' }),
};

export function code2SessionRequest({ appId, secret }: App, code: string): WeixinRequest {
  return {
    method: 'GET',
    path: code2Session.path,
    query: { appid: appId, secret: secret.reveal(), js_code: code, grant_type: 'authorization_code' },
  };
}
