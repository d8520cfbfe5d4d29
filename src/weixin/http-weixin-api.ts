import { type App, parseOpenId } from '../domain/app.js';
import { unavailable } from '../domain/failure.js';
import type { Log } from '../domain/log.js';
import { fail, type Result, succeed } from '../domain/result.js';
import { SessionKey } from '../domain/session-key.js';
import { code2SessionRefusal, isOurs } from './errcodes.js';
import type { WeixinHttp } from './weixin-http.js';
import { type Code2SessionRefusal, type WeixinApi, WeixinRefusesUs, type WeixinSession } from './weixin-api.js';

const CODE_2_SESSION = '/sns/jscode2session';
const UNION_ID = /^[\x21-\x7e]{1,128}$/;

/** Weixin's server API over HTTP. */
export class HttpWeixinApi implements WeixinApi {
  readonly #http: WeixinHttp;
  readonly #log: Log;

  constructor(http: WeixinHttp, log: Log) {
    this.#http = http;
    this.#log = log;
  }

  async code2Session({ appId, secret }: App, code: string): Promise<Result<WeixinSession, Code2SessionRefusal>> {
    const answer = await this.#http.call({
      path: CODE_2_SESSION,
      query: { appid: appId, secret: secret.reveal(), js_code: code, grant_type: 'authorization_code' },
    });
    if (answer.kind === 'lost') {
      this.#log.warn({ endpoint: CODE_2_SESSION, appId, reason: answer.reason }, 'Weixin did not answer');
      return fail({ failure: unavailable, codeSpent: answer.sent ? 'unknown' : 'no' });
    }
    const { errcode, body } = answer;
    if (isOurs(errcode)) throw new WeixinRefusesUs(CODE_2_SESSION, appId, errcode);
    const refusal = errcode === 0 ? undefined : code2SessionRefusal(errcode);
    if (refusal !== undefined) return fail(refusal);

    const session = errcode === 0 ? parseSession(body) : undefined;
    if (session !== undefined) return succeed(session);
    this.#log.warn({ endpoint: CODE_2_SESSION, appId, errcode }, 'Weixin answered nothing usable');
    return fail({ failure: unavailable, codeSpent: 'unknown' });
  }
}

/** The user in an answer, or undefined where a field is missing or is not what Weixin documents. */
function parseSession(body: Readonly<Record<string, unknown>>): WeixinSession | undefined {
  const { openid, session_key: sessionKeyText, unionid = null } = body;
  if (typeof openid !== 'string' || typeof sessionKeyText !== 'string') return undefined;
  const openId = parseOpenId(openid);
  const sessionKey = SessionKey.parse(sessionKeyText);
  const isUnionId = unionid === null || (typeof unionid === 'string' && UNION_ID.test(unionid));
  if (openId === undefined || sessionKey === undefined || !isUnionId) return undefined;
  return { openId, sessionKey, unionId: unionid };
}
