import { patiently } from '../harness/patiently.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

let running: RunningGateway;
const metrics = async () => (await fetch(`${running.gateway.metricsUrl ?? ''}/metrics`)).text();
const sample = async (name: string) => (await metrics()).split('\n').find((line) => line.startsWith(`${name} `));

afterEach(() => running.gateway.stop());

describe('with METRICS_PORT', () => {
  beforeEach(async () => {
    running = await runGateway({ METRICS_PORT: '0', DECRYPT_FAILURE_LIMIT: '1' });
  });

  test('operations are counted by the type of their answer and its error code', async () => {
    const alice = await running.loggedIn('alice');
    await alice.session();
    await running.client().session();
    await running.client().login({ code: 'unknown' });
    const count = (operation: string, result: string, code = '') =>
      sample(`gateway_operation_seconds_count{operation="${operation}",result="${result}",code="${code}"}`);
    expect(await count('login', 'LoginSuccess')).toMatch(/ 1$/);
    expect(await count('login', 'InvalidCodeError', 'CODE_INVALID')).toMatch(/ 1$/);
    expect(await count('session', 'Session')).toMatch(/ 1$/);
    expect(await count('session', 'InvalidSessionError', 'NOT_LOGGED_IN')).toMatch(/ 1$/);
  });

  test('an operation that fails outside its union is an ERROR', async () => {
    running.simulator.faults.add('/sns/jscode2session', [{ errcode: 40125 }]);
    await expect(running.client().login({ code: 'any' })).rejects.toThrow('INTERNAL_SERVER_ERROR');
    expect(await sample('gateway_operation_seconds_count{operation="login",result="ERROR",code=""}')).toMatch(/ 1$/);
  });

  test('calls of Weixin are counted by endpoint and errcode', async () => {
    running.simulator.faults.add('/sns/jscode2session', [{ errcode: 40029 }, { status: 500 }]);
    for (const code of ['a', 'b']) await running.client().login({ code });
    await running.loggedIn('alice');
    for (const outcome of ['0', '40029', 'lost']) {
      const name = `gateway_weixin_call_seconds_count{endpoint="/sns/jscode2session",outcome="${outcome}"}`;
      expect(await sample(name)).toMatch(/ 1$/);
    }
  });

  test('errcodes for the operator are counted by endpoint, and their number has a bound', async () => {
    const script = (errcodes: number[]) =>
      running.simulator.faults.add(
        '/sns/jscode2session',
        errcodes.map((errcode) => ({ errcode })),
      );
    const refused = (code: string) => expect(running.client().login({ code })).rejects.toThrow('INTERNAL_SERVER_ERROR');
    const counted = (errcode: string) =>
      sample(`gateway_weixin_operator_errors_total{endpoint="/sns/jscode2session",errcode="${errcode}"}`);
    script([50002, 50002]);
    for (const code of ['a', 'b']) await refused(code);
    expect(await counted('50002')).toMatch(/ 2$/);
    script(Array.from({ length: 300 }, (_, i) => 100_000 + i));
    for (let i = 0; i < 300; i += 1) await refused(`code-${i}`);
    expect((await metrics()).match(/^gateway_weixin_operator_errors_total/gm)?.length).toBeLessThanOrEqual(201);
    expect(await counted('other')).toMatch(/ [1-9]/);
  });

  test('a breaker that opens shows, by app and endpoint, with what it refuses', async () => {
    const breaker = (endpoint: string) =>
      sample(`gateway_weixin_breaker_open{app="${running.app.appId}",endpoint="${endpoint}"}`);
    expect(await breaker('/sns/jscode2session')).toBeUndefined();
    running.simulator.faults.add(
      '/sns/jscode2session',
      Array.from({ length: 20 }, () => ({ status: 500 })),
    );
    for (let i = 0; i < 20; i += 1) await running.client().login({ code: `code-${i}` });
    const code = running.simulator.world.login(running.app.appId, 'alice');
    expect(await running.client().login({ code })).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 2 });
    expect(await breaker('/sns/jscode2session')).toMatch(/ 1$/);
    expect(await breaker('/wxa/checksession')).toBeUndefined();
    expect(await sample('gateway_weixin_refusals_total{endpoint="/sns/jscode2session",cause="breaker"}')).toMatch(
      / 1$/,
    );
    // The code was not sent: a client that comes back with it logs in.
    const again = await patiently(() => running.client().login({ code }));
    expect(again.__typename).toBe('LoginSuccess');
    expect(await breaker('/sns/jscode2session')).toBeUndefined();
  });

  test('a race that was saved shows as a document opened under a superseded key', async () => {
    const alice = await running.loggedIn('alice');
    const before = running.simulator.world.tap(running.app.appId, 'alice');
    await alice.decryptPhone(before);
    running.clock.advanceSeconds(7);
    await running.loggedIn('alice');
    await alice.decryptPhone(before);
    const age = (field: string, label: string) => sample(`gateway_opened_document_key_age_seconds_${field}{${label}}`);
    expect(await age('count', 'key="current"')).toMatch(/ 1$/);
    expect(await age('sum', 'key="current"')).toMatch(/ 0$/);
    expect(await age('count', 'key="superseded"')).toMatch(/ 1$/);
    expect(await age('sum', 'key="superseded"')).toMatch(/ 7$/);
  });

  test('a spent budget is counted', async () => {
    const alice = await running.loggedIn('alice');
    const { encryptedData } = running.simulator.world.tap(running.app.appId, 'alice');
    const { iv } = running.simulator.world.tap(running.app.appId, 'alice');
    for (let i = 0; i < 2; i += 1) await alice.decryptPhone({ encryptedData, iv });
    expect(await sample('gateway_failure_budget_refusals_total')).toMatch(/ 1$/);
  });

  test('apps, sessions held and their bound are told', async () => {
    await running.loggedIn('alice');
    await running.loggedIn('bob');
    expect(await sample('gateway_apps')).toMatch(/ 1$/);
    expect(await sample('gateway_sessions')).toMatch(/ 2$/);
    expect(await sample('gateway_sessions_max')).toMatch(/ 1000$/);
  });

  test('an access token is told with its age and its remaining life', async () => {
    const alice = await running.loggedIn('alice');
    const { code } = running.simulator.world.tap(running.app.appId, 'alice');
    await alice.exchangePhoneCode(code);
    const value = async (name: string) =>
      Number((await sample(`gateway_weixin_access_token_${name}_seconds{app="${running.app.appId}"}`))?.split(' ')[1]);
    expect(await value('age')).toBeLessThan(60);
    expect(await value('left')).toBeGreaterThan(7_000);
    expect(await value('left')).toBeLessThanOrEqual(7_200);
  });

  test('the store shows as up', async () => {
    expect(await sample('gateway_store_up')).toMatch(/ 1$/);
  });

  test('no metric holds a token, a code, a key or a number', async () => {
    const { world } = running.simulator;
    const code = world.login(running.app.appId, 'alice');
    const alice = await running.client().loggedIn(code);
    await alice.decryptPhone(world.tap(running.app.appId, 'alice', { purePhoneNumber: '13580006666' }));
    const text = await metrics();
    const key = world.sessionKey(running.app.appId, 'alice');
    for (const secret of [code, alice.token ?? '', key, '13580006666', running.app.secret.reveal()]) {
      expect(text).not.toContain(secret);
    }
  });

  test('they are not on the public endpoint', async () => {
    expect((await fetch(`${running.gateway.url}/metrics`)).status).toBe(404);
  });
});

test('without METRICS_PORT they are nowhere', async () => {
  running = await runGateway();
  expect(running.gateway.metricsUrl).toBeUndefined();
});
