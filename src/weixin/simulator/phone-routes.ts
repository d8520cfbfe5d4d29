import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type FaultScript, faultSchema } from './fault-script.js';
import type { WeixinWorld } from './weixin-world.js';

const user = z.string().min(1).max(64).default('alice');
const app = z.string().optional();

const loginBody = z.strictObject({ user, app });
const tapBody = z.strictObject({
  user,
  app,
  document: z
    .strictObject({
      phoneNumber: z.string().optional(),
      purePhoneNumber: z.string().optional(),
      countryCode: z.union([z.string(), z.number()]).optional(),
      watermark: z.strictObject({ timestamp: z.int().optional(), appid: z.string().optional() }).optional(),
    })
    .optional(),
});
const faultsBody = z.strictObject({ endpoint: z.string(), faults: z.array(faultSchema).max(1000) });

/**
 * The phone, for a person at a terminal and for tests in other processes: `POST /phone/login` is wx.login, `POST
 * /phone/tap` the tap on the button; `POST /faults` scripts what Weixin does wrong next.
 */
export function phoneRoutes(server: FastifyInstance, world: WeixinWorld, faults: FaultScript): void {
  const appId = (asked: string | undefined) => asked ?? world.apps[0]?.appId ?? '';

  server.post('/phone/login', async (request, reply) => {
    const body = loginBody.safeParse(request.body ?? {});
    if (!body.success) return reply.code(400).send({ problem: z.prettifyError(body.error) });
    return { errMsg: 'login:ok', code: world.login(appId(body.data.app), body.data.user) };
  });
  server.post('/phone/tap', async (request, reply) => {
    const body = tapBody.safeParse(request.body ?? {});
    if (!body.success) return reply.code(400).send({ problem: z.prettifyError(body.error) });
    const { user, app, document } = body.data;
    return { errMsg: 'getPhoneNumber:ok', ...world.tap(appId(app), user, document) };
  });
  server.post('/faults', async (request, reply) => {
    const body = faultsBody.safeParse(request.body);
    if (!body.success) return reply.code(400).send({ problem: z.prettifyError(body.error) });
    faults.add(body.data.endpoint, body.data.faults);
    return { scripted: body.data.faults.length };
  });
}
