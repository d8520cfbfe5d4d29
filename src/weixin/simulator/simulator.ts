import { setTimeout as delay } from 'node:timers/promises';
import { fastify, type FastifyInstance, type FastifyReply } from 'fastify';
import type { Fault } from './fault-script.js';
import { FaultScript } from './fault-script.js';
import { phoneRoutes } from './phone-routes.js';
import { weixinError, type WeixinError, WeixinWorld, type WeixinWorldOptions } from './weixin-world.js';

/** The path of code2Session. */
export const CODE_2_SESSION = '/sns/jscode2session';

/**
 * A Weixin to develop and test against, which is not Weixin: a real HTTP server on the loopback interface that speaks
 * Weixin's wire format, and plays the phone at /phone.
 */
export class Simulator {
  readonly world: WeixinWorld;
  readonly faults = new FaultScript();
  readonly #server: FastifyInstance;

  constructor(options: WeixinWorldOptions) {
    this.world = new WeixinWorld(options);
    this.#server = fastify({ logger: false, forceCloseConnections: true });
    this.#weixinRoutes();
    phoneRoutes(this.#server, this.world, this.faults);
  }

  /** Listens on the loopback interface and tells its origin. Port 0 takes a free one. */
  async listen(port: number): Promise<string> {
    return this.#server.listen({ host: '127.0.0.1', port });
  }

  async close(): Promise<void> {
    await this.#server.close();
  }

  #weixinRoutes(): void {
    this.#server.get<{ Querystring: Record<string, string | undefined> }>(CODE_2_SESSION, async (request, reply) => {
      const { appid, secret, js_code: code, grant_type: grantType } = request.query;
      return answer(reply, this.faults.next(CODE_2_SESSION), () => {
        if (!appid) return weixinError(41002, 'appid missing');
        if (!secret) return weixinError(41004, 'appsecret missing');
        if (!code) return weixinError(41008, 'missing code');
        if (grantType !== 'authorization_code') return weixinError(40002, 'invalid grant_type');
        return this.world.code2Session(appid, secret, code);
      });
    });
  }
}

/** Weixin sends its JSON as text/plain. A fault comes first. */
async function answer(
  reply: FastifyReply,
  fault: Fault | undefined,
  work: () => object | WeixinError,
): Promise<unknown> {
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
