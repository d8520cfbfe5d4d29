import type { Milliseconds } from '../../src/domain/clock.js';
import { type ScriptedServer, startScriptedServer } from './scripted-server.js';

/** Answers of a Weixin to calls whose codes and hashes are made up, all being well. */
const ALL_WELL = {
  '/cgi-bin/stable_token': { access_token: 'canary-access-token-of-weixin', expires_in: 7200 },
  '/sns/jscode2session': { errcode: 40029, errmsg: 'invalid code' },
  '/wxa/business/getuserphonenumber': { errcode: 40029, errmsg: 'invalid code' },
  '/wxa/business/checkencryptedmsg': { errcode: 0, errmsg: 'ok', vaild: false, create_time: 0 },
} as const satisfies Record<string, object>;

export interface ScriptedWeixinOptions {
  /** Answers other than ALL_WELL. */
  readonly answers?: Partial<Record<keyof typeof ALL_WELL, object>>;
  /** How far its clock is ahead of this machine's. */
  readonly clockAhead?: Milliseconds;
}

/** A Weixin that answers what a test wants, to everybody alike. */
export async function startScriptedWeixin(options: ScriptedWeixinOptions = {}): Promise<ScriptedServer> {
  const answers: Record<string, object> = { ...ALL_WELL, ...options.answers };
  return startScriptedServer((response, request) => {
    const { pathname } = new URL(request.url ?? '', 'http://weixin');
    response.setHeader('date', new Date(Date.now() + (options.clockAhead ?? 0)).toUTCString());
    response.end(JSON.stringify(answers[pathname] ?? {}));
  });
}
