import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fault, FaultScript } from './fault-script.js';
import {
  CHECK_ENCRYPTED_DATA,
  CHECK_SESSION_KEY,
  CODE_2_SESSION,
  COMPONENT_CODE_2_SESSION,
  GET_OPEN_DATA,
  GET_USER_PHONE_NUMBER,
  RESET_SESSION_KEY,
  STABLE_TOKEN,
} from './named-faults.js';
import { refusedItem } from './tap-desk.js';
import { weixinError } from './weixin-error.js';
import type { WeixinWorld } from './weixin-world.js';

export {
  CHECK_ENCRYPTED_DATA,
  CHECK_SESSION_KEY,
  CODE_2_SESSION,
  COMPONENT_CODE_2_SESSION,
  GET_OPEN_DATA,
  GET_USER_PHONE_NUMBER,
  RESET_SESSION_KEY,
  STABLE_TOKEN,
};

type Query = Readonly<Record<string, string | undefined>>;
type Body = Readonly<Record<string, unknown>>;

/** Registers Weixin's server API. Queued faults of an endpoint come before its work. */
export function weixinRoutes(server: FastifyInstance, world: WeixinWorld, faults: FaultScript): void {
  const route = (method: 'GET' | 'POST', url: string, work: (query: Query, body: Body) => object) => {
    server.route<{ Querystring: Query; Body: Body | null }>({
      method,
      url,
      handler: async (request: FastifyRequest<{ Querystring: Query; Body: Body | null }>, reply) => {
        const { query } = request;
        const body = request.body ?? {};
        const caller = whoseCall(world, query, body);
        return answer(
          reply,
          faults.next(url),
          () => work(query, body),
          body,
          (outcome) => caller && world.journal.add(caller.whose, url, outcome, outcome === 0 ? caller.key : undefined),
        );
      },
    });
  };
  /** Registers an endpoint that requires an access token. */
  const authorized = (
    method: 'GET' | 'POST',
    url: string,
    work: (appId: string, query: Query, body: Body) => object,
  ) => {
    route(method, url, (query, body) => {
      const cloudToken = query['cloudbase_access_token'];
      const appId = cloudToken ? world.cloudRun.appOf(cloudToken) : world.tokens.appOf(query['access_token']);
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
  route('GET', COMPONENT_CODE_2_SESSION, (query) => {
    const { appid, js_code: code, grant_type: grantType } = query;
    if (!appid) return weixinError(41002, 'appid missing');
    if (!code) return weixinError(41008, 'missing code');
    if (grantType !== 'authorization_code') return weixinError(40002, 'invalid grant_type');
    const refusal = world.platform.refuses(appid, query['component_appid'], query['component_access_token']);
    return refusal ?? world.exchange(appid, code);
  });
  route('POST', STABLE_TOKEN, (_query, body) => {
    if (body['grant_type'] !== 'client_credential') return weixinError(40002, 'invalid grant_type');
    return world.tokens.issue(body['appid'], body['secret'], body['force_refresh'] === true);
  });
  authorized('POST', GET_USER_PHONE_NUMBER, (appId, _query, { code, openid }) => {
    if (typeof code !== 'string') return weixinError(47001, 'data format error');
    return world.taps.phoneNumber(appId, code, typeof openid === 'string' ? openid : undefined);
  });
  authorized('POST', GET_OPEN_DATA, (appId, { openid }, body) => world.taps.openData(appId, openid, cloudIdOf(body)));
  authorized('POST', CHECK_ENCRYPTED_DATA, (appId, _query, { encrypted_msg_hash: hash }) =>
    world.taps.checkEncryptedMessage(appId, hash),
  );
  authorized('GET', CHECK_SESSION_KEY, (appId, query) => world.checkSessionKey(appId, query));
  authorized('GET', RESET_SESSION_KEY, (appId, query) => world.resetSessionKey(appId, query));
}

/** Owner of a call for the journal: a user's openid, or the appid; for a login code also the number of its key. */
function whoseCall(world: WeixinWorld, query: Query, body: Body): { whose: string; key?: number } | undefined {
  const login = query['js_code'] === undefined ? undefined : world.ownerOfLogin(query['js_code']);
  if (login !== undefined) return { whose: login.openid, key: login.key };
  const whose = world.taps.ownerOf(body['code'], body['encrypted_msg_hash']) ?? query['openid'] ?? body['appid'];
  return typeof whose === 'string' ? { whose } : undefined;
}

/**
 * Sends the answer, or the fault in its place; JSON as text/plain, as Weixin sends it.
 *
 * @param note receives the errcode of the answer (0 if it has none), or the fault in its place
 */
async function answer(
  reply: FastifyReply,
  fault: Fault | undefined,
  work: () => object,
  sent: Body,
  note: (outcome: number | string) => void,
): Promise<unknown> {
  reply.type('text/plain; charset=utf-8');
  if (fault === undefined || 'delayMs' in fault) {
    if (fault !== undefined) await delay(fault.delayMs);
    const body = work();
    note('errcode' in body && typeof body.errcode === 'number' ? body.errcode : 0);
    return JSON.stringify(body);
  }
  note(outcomeOf(fault));
  if ('item' in fault) {
    const { errCode, errMsg } = fault.item;
    return JSON.stringify(refusedItem(cloudIdOf(sent) ?? '', errCode, errMsg ?? 'scripted'));
  }
  if ('errcode' in fault) return JSON.stringify(weixinError(fault.errcode, 'scripted'));
  if ('status' in fault) return reply.code(fault.status).send('');
  if ('body' in fault) return fault.body;
  reply.hijack();
  if ('close' in fault) reply.raw.destroy();
  return undefined;
}

/** The journal's text for a fault. */
function outcomeOf(fault: Fault): number | string {
  if ('errcode' in fault) return fault.errcode;
  if ('item' in fault) return fault.item.errCode;
  return 'status' in fault ? `status ${fault.status}` : (Object.keys(fault)[0] ?? '');
}

function cloudIdOf({ cloudid_list: list }: Body): string | undefined {
  const [cloudId] = Array.isArray(list) ? (list as unknown[]) : [];
  return typeof cloudId === 'string' ? cloudId : undefined;
}
