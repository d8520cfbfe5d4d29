import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { type FaultScript, faultSchema } from './fault-script.js';
import { type FaultName, NAMED_FAULTS, type NamedFault } from './named-faults.js';
import { NAMED_NUMBERS, type NumberName } from './named-numbers.js';
import type { WeixinWorld } from './weixin-world.js';

const user = z.string().min(1).max(64).default('alice');
const app = z.string().optional();

const device = z.string().min(1).max(64).optional();

const loginBody = z.strictObject({ user, app, device });
const spentBody = z.strictObject({ code: z.string() });
const journalQuery = z.strictObject({ user, app, since: z.coerce.number().int().min(0).default(0) });
const tapBody = z.strictObject({
  user,
  app,
  /** A name in NAMED_NUMBERS; `document` overrides its members. */
  number: z.enum(Object.keys(NAMED_NUMBERS) as [NumberName, ...NumberName[]]).optional(),
  document: z
    .strictObject({
      phoneNumber: z.string().optional(),
      purePhoneNumber: z.string().optional(),
      countryCode: z.union([z.string(), z.number()]).optional(),
      watermark: z.strictObject({ timestamp: z.int().optional(), appid: z.string().optional() }).optional(),
    })
    .optional(),
});
const faultsBody = z.union([
  z.strictObject({ endpoint: z.string(), faults: z.array(faultSchema).max(1000) }),
  z.strictObject({
    name: z.enum(Object.keys(NAMED_FAULTS) as [FaultName, ...FaultName[]]),
    times: z.int().min(1).max(1000).default(1),
  }),
]);

/**
 * Registers the phone, for a person at a terminal, for the page and for tests in other processes: `POST /phone/login`
 * is wx.login, `POST /phone/check-session` wx.checkSession, `POST /phone/tap` a tap on the phone button. `POST /faults`
 * queues faults of Weixin's API, by name or in detail, `GET /faults` lists the names, and `POST /mend` drops the queued
 * ones. `POST /spent` plays another server that exchanges the code of a tap, and `GET /journal` lists recent events.
 */
export function phoneRoutes(server: FastifyInstance, world: WeixinWorld, faults: FaultScript): void {
  const appId = (asked: string | undefined) => asked ?? world.apps[0]?.appId ?? '';
  const route = <T>(method: 'GET' | 'POST', url: string, schema: z.ZodType<T>, work: (input: T) => object) => {
    server.route({
      method,
      url,
      handler: async ({ query, body }, reply) => {
        const input = schema.safeParse((method === 'GET' ? query : body) ?? {});
        return input.success ? work(input.data) : reply.code(400).send({ problem: z.prettifyError(input.error) });
      },
    });
  };

  route('POST', '/phone/login', loginBody, ({ user, app, device }) => ({
    errMsg: 'login:ok',
    code: world.login(appId(app), user, device),
  }));
  route('POST', '/phone/check-session', loginBody, ({ user, app, device }) => ({
    errMsg: world.checkSession(appId(app), user, device) ? 'checkSession:ok' : 'checkSession:fail session expired',
  }));
  route('POST', '/phone/tap', tapBody, ({ user, app, number, document }) => ({
    errMsg: 'getPhoneNumber:ok',
    ...world.tap(appId(app), user, { ...(number !== undefined && NAMED_NUMBERS[number]), ...document }),
  }));
  route('POST', '/faults', faultsBody, (script) => {
    if ('faults' in script) {
      faults.add(script.endpoint, script.faults);
      return { scripted: script.faults.length };
    }
    const { endpoint, fault, endsTokens }: NamedFault = NAMED_FAULTS[script.name];
    if (endsTokens === true) world.tokens.rejectAll();
    faults.add(
      endpoint,
      Array.from({ length: script.times }, () => fault),
    );
    return { scripted: script.times };
  });
  route('POST', '/mend', z.strictObject({}), () => {
    faults.clear();
    return { mended: true };
  });
  route('GET', '/faults', z.object({}), () => ({
    faults: Object.entries<NamedFault>(NAMED_FAULTS).map(([name, { endpoint, shows }]) => ({ name, endpoint, shows })),
    numbers: Object.entries(NAMED_NUMBERS).map(([name, number]) => ({ name, ...number })),
  }));
  route('POST', '/spent', spentBody, ({ code }) => {
    world.taps.spend(code);
    return { spent: true };
  });
  route('GET', '/journal', journalQuery, ({ user, app, since }) => ({
    events: world.happened(appId(app), user, since),
  }));
}
