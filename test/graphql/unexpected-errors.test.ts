import type { FastifyInstance } from 'fastify';
import { LoginDocument, SessionDocument } from '../../src/client/generated/graphql.js';
import type { SessionService } from '../../src/sessions/session-service.js';
import { GatewayClient, type HttpAnswer } from '../harness/gateway-client.js';
import { parsedLines } from '../harness/log-lines.js';
import { httpServerOn } from '../harness/http-server.js';
import { recordedLog } from '../harness/recorded-log.js';
import { type RunningGateway, runGateway, runProductionGateway } from '../harness/running-gateway.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MASK = "Internal server error; the gateway's log has the cause under this request id.";

/** Expects exactly the masked error, and returns its request id. */
function expectMasked({ status, headers, body }: HttpAnswer<unknown>, path: string): string {
  const requestId = headers.get('x-request-id') ?? '';
  expect(requestId).toMatch(UUID);
  expect(status).toBe(200);
  expect(body).toEqual({
    data: null,
    errors: [
      {
        message: MASK,
        locations: [{ line: expect.any(Number) as number, column: expect.any(Number) as number }],
        path: [path],
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
      },
    ],
  });
  return requestId;
}

describe.each([
  ['outside production', runGateway],
  ['in production', runProductionGateway],
])('if Weixin rejects the gateway itself, %s', (_where, run) => {
  let running: RunningGateway;

  beforeAll(async () => {
    running = await run();
  });
  afterAll(() => running.gateway.stop());

  test.each([40013, 40125, 40243, 40164, 41002, 41004, 41008])(
    'errcode %i is for the operator: the log has it, the client gets the request id',
    async (errcode) => {
      const { simulator, app, logLines } = running;
      simulator.faults.add('/sns/jscode2session', [{ errcode }]);
      const code = simulator.world.login(app.appId, 'alice');
      const before = logLines.length;
      const answer = await running.client().post({ query: LoginDocument.toString(), variables: { input: { code } } });

      const requestId = expectMasked(answer, 'login');
      expect(answer.text).not.toContain(String(errcode));
      expect(parsedLines(logLines.slice(before))).toEqual([
        {
          level: 50,
          time: expect.any(String) as string,
          requestId,
          endpoint: '/sns/jscode2session',
          appId: app.appId,
          errcode,
          msg: expect.stringMatching(/^Weixin refuses this gateway: .+/) as string,
        },
      ]);
      expect(logLines.join()).not.toContain(app.secret.reveal());
      expect(logLines.join()).not.toContain(code);
    },
  );

  test('the code is not spent: once the operator has repaired it, the same code logs in', async () => {
    const { simulator, app } = running;
    simulator.faults.add('/sns/jscode2session', [{ errcode: 40125 }]);
    const code = simulator.world.login(app.appId, 'bob');
    await running.client().post({ query: LoginDocument.toString(), variables: { input: { code } } });
    expect((await running.client().login({ code })).__typename).toBe('LoginSuccess');
  });
});

describe('if a service throws', () => {
  const secret = '13580006666';
  const thrown: readonly (readonly [what: string, error: unknown])[] = [
    ['an error', new Error(`no row for ${secret}`)],
    ['an error with properties', Object.assign(new Error('no row'), { code: secret, extensions: { row: secret } })],
    ['an error with a cause', new Error('no row', { cause: new Error(`at ${secret}`) })],
    ['a text', secret],
    ['an object', { secret }],
    ['nothing', undefined],
  ];
  const { log, lines } = recordedLog();
  let server: FastifyInstance;
  let client: GatewayClient;
  let next: Error;

  beforeAll(async () => {
    const sessions: Pick<SessionService, 'authenticate'> = { authenticate: () => Promise.reject(next) };
    server = await httpServerOn({ sessions: sessions as SessionService }, log);
    client = new GatewayClient(await server.listen({ host: '127.0.0.1', port: 0 }));
  });
  afterAll(() => server.close());

  test.each(thrown)('%s: the client gets the mask and the request id, the log the cause', async (_what, error) => {
    next = error as Error;
    const before = lines.length;
    const answer = await client.post({ query: SessionDocument.toString() });

    const requestId = expectMasked(answer, 'session');
    expect(answer.text).not.toContain(secret);
    const [line, ...more] = parsedLines(lines.slice(before));
    expect(more).toEqual([]);
    expect(line).toMatchObject({
      level: 50,
      requestId,
      msg: 'unexpected error',
      error: { name: expect.any(String) as string },
    });
  });
});
