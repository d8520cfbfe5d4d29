import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fault, FaultScript } from './fault-script.js';
import { weixinError } from './weixin-error.js';
import type { WeixinWorld } from './weixin-world.js';

/** The paths of Weixin's server API that the simulator answers. */
export const CODE_2_SESSION = '/sns/jscode2session';
export const STABLE_TOKEN = '/cgi-bin/stable_token';
export const GET_USER_PHONE_NUMBER = '/wxa/business/getuserphonenumber';
export const GET_OPEN_DATA = '/wxa/getopendata';
export const CHECK_SESSION_KEY = '/wxa/checksession';
export const RESET_SESSION_KEY = '/wxa/resetusersessionkey';
export const CHECK_ENCRYPTED_DATA = '/wxa/business/checkencryptedmsg';

type Query = Readonly<Record<string, string | undefined>>;
type Body = Readonly<Record<string, unknown>>;

/** Weixin's server API. Every endpoint meets its scripted faults first. */
export function weixinRoutes(server: FastifyInstance, world: WeixinWorld, faults: FaultScript): void {
  const route = (method: 'GET' | 'POST', url: string, work: (query: Query, body: Body) => object) => {
    server.route<{ Querystring: Query; Body: Body | null }>({
      method,
      url,
      handler: async (request: FastifyRequest<{ Querystring: Query; Body: Body | null }>, reply) =>
        answer(reply, faults.next(url), () => work(request.query, request.body ?? {})),
    });
  };
  /** An endpoint that wants an access token. */
  const authorized = (
    method: 'GET' | 'POST',
    url: string,
    work: (appId: string, query: Query, body: Body) => object,
  ) => {
    route(method, url, (query, body) => {
      const appId = world.tokens.appOf(query['access_token']);
      return typeof appId === 'string' ? work(appId, query, body) : appId;
    });
  };

  route('GET', CODE_2_SESSION, ({ appid, secret, js_code: code, grant_type: grantType }) => {
    if (!appid) return weixinError(41002, 'appid missing');
    if (!secret) return weixinError(41004, 'appsecret missing');
    if (!code) return weixinError(41008, 'missing code');
    if (grantType !== 'authorization_code') return weixinError(40002, 'invalid grant_type');
    return world.code2Session(appid, secret, code);
  });
  route('POST', STABLE_TOKEN, (_query, body) => {
    if (body['grant_type'] !== 'client_credential') return weixinError(40002, 'invalid grant_type');
    return world.tokens.issue(body['appid'], body['secret'], body['force_refresh'] === true);
  });
  authorized('POST', GET_USER_PHONE_NUMBER, (appId, _query, { code, openid }) => {
    if (typeof code !== 'string') return weixinError(47001, 'data format error');
    return world.taps.phoneNumber(appId, code, typeof openid === 'string' ? openid : undefined);
  });
  authorized('POST', GET_OPEN_DATA, (appId, { openid }, { cloudid_list: list }) => {
    const [cloudId] = Array.isArray(list) ? (list as unknown[]) : [];
    return world.taps.openData(appId, openid, typeof cloudId === 'string' ? cloudId : undefined);
  });
  authorized('POST', CHECK_ENCRYPTED_DATA, (appId, _query, { encrypted_msg_hash: hash }) =>
    world.taps.checkEncryptedMessage(appId, hash),
  );
  authorized('GET', CHECK_SESSION_KEY, (appId, query) => world.checkSessionKey(appId, query));
  authorized('GET', RESET_SESSION_KEY, (appId, query) => world.resetSessionKey(appId, query));
}

/** Weixin sends its JSON as text/plain. */
async function answer(reply: FastifyReply, fault: Fault | undefined, work: () => object): Promise<unknown> {
  reply.type('text/plain; charset=utf-8');
  if (fault === undefined) return JSON.stringify(work());
  if ('delayMs' in fault) {
    await delay(fault.delayMs);
    return JSON.stringify(work());
  }
  if ('errcode' in fault) return JSON.stringify(weixinError(fault.errcode, 'scripted'));
  if ('status' in fault) return reply.code(fault.status).send('');
  if ('body' in fault) return fault.body;
  reply.hijack();
  if ('close' in fault) reply.raw.destroy();
  return undefined;
}
