import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

let running: RunningGateway;
afterEach(() => running.gateway.stop());

const LIMIT = 2;
const told = (answer: { __typename: string; code?: string; retryAfterSeconds?: number | null; remedy?: string }) =>
  answer.code === undefined
    ? answer.__typename
    : `${answer.__typename} ${answer.remedy ?? ''} ${answer.retryAfterSeconds ?? ''}`;
const tap = (user: string) => running.simulator.world.tap(running.app.appId, user);
const REFUSED = 'RateLimitedError RETRY_LATER 60';

describe('documents to decrypt', () => {
  beforeEach(async () => {
    running = await runGateway({ DECRYPT_LIMIT_PER_USER: String(LIMIT), METRICS_PORT: '0' });
  });

  test.each([
    ['right', () => tap('alice')],
    ['forged', () => ({ ...tap('alice'), iv: tap('alice').iv })],
  ])('%s ones count alike, and beyond the limit the answer is the same for both', async (_what, document) => {
    const alice = await running.loggedIn('alice');
    for (let i = 0; i < LIMIT; i += 1) await alice.decryptPhone(document());
    expect(told(await alice.decryptPhone(tap('alice')))).toBe(REFUSED);
    expect(told(await alice.decryptPhone({ ...tap('alice'), iv: tap('alice').iv }))).toBe(REFUSED);
    running.clock.advanceSeconds(60);
    expect(told(await alice.decryptPhone(tap('alice')))).toBe('PhoneNumber');
  });

  test('all sessions of a user count together, and other users apart', async () => {
    const sessions = [await running.loggedIn('alice'), await running.loggedIn('alice')];
    for (const session of sessions) expect(told(await session.decryptPhone(tap('alice')))).toBe('PhoneNumber');
    for (const session of sessions) expect(told(await session.decryptPhone(tap('alice')))).toBe(REFUSED);
    expect(told(await (await running.loggedIn('bob')).decryptPhone(tap('bob')))).toBe('PhoneNumber');
  });

  test('a document that is refused so is not counted as failed', async () => {
    const alice = await running.loggedIn('alice');
    for (let i = 0; i < 100; i += 1) await alice.decryptPhone({ ...tap('alice'), iv: tap('alice').iv });
    running.clock.advanceSeconds(60);
    expect(told(await alice.decryptPhone(tap('alice')))).toBe('PhoneNumber');
  });

  test('refusals are in the metrics by the name of the limit, and by nothing else', async () => {
    const alice = await running.loggedIn('alice');
    for (let i = 0; i < LIMIT + 3; i += 1) await alice.decryptPhone(tap('alice'));
    const metrics = await (await fetch(`${running.gateway.metricsUrl ?? ''}/metrics`)).text();
    expect(metrics).toContain('gateway_rate_limit_refusals_total{limit="decrypt_by_user"} 3\n');
    expect(metrics).not.toContain('127.0.0.1');
  });
});

describe('calls of Weixin for a user', () => {
  const PATHS = ['/wxa/business/getuserphonenumber', '/wxa/getopendata', '/wxa/checksession'];
  const calls = () => PATHS.reduce((sum, path) => sum + running.simulator.faults.calls(path), 0);
  beforeEach(async () => {
    running = await runGateway({ WEIXIN_LIMIT_PER_USER: String(LIMIT) });
  });

  test('are limited in all, whatever asks for them, and no further one reaches Weixin', async () => {
    const alice = await running.loggedIn('alice');
    const unused = tap('alice').code;
    expect(told(await alice.exchangePhoneCode(tap('alice').code))).toBe('PhoneNumber');
    expect(told(await alice.resolveCloudPhone(tap('alice').cloudID))).toBe('PhoneNumber');
    const before = calls();
    expect(before).toBe(LIMIT);
    expect(told(await alice.exchangePhoneCode(unused))).toBe(REFUSED);
    expect(told(await alice.resolveCloudPhone(tap('alice').cloudID))).toBe(REFUSED);
    expect(told(await alice.checkSession())).toBe(REFUSED);
    expect(calls()).toBe(before);
    running.clock.advanceSeconds(60);
    expect(told(await alice.exchangePhoneCode(unused))).toBe('PhoneNumber');
  });

  test('a repeated code is answered all the same, and decrypting goes on', async () => {
    const alice = await running.loggedIn('alice');
    const { code } = tap('alice');
    await alice.exchangePhoneCode(code);
    await alice.checkSession();
    expect(told(await alice.exchangePhoneCode(code))).toBe('PhoneNumber');
    expect(told(await alice.decryptPhone(tap('alice')))).toBe('PhoneNumber');
  });
});

test('with VERIFY_ORIGIN=always a document that opens counts as a call of Weixin', async () => {
  running = await runGateway({ WEIXIN_LIMIT_PER_USER: '1', VERIFY_ORIGIN: 'always' });
  const alice = await running.loggedIn('alice');
  expect(told(await alice.decryptPhone(tap('alice')))).toBe('PhoneNumber');
  expect(told(await alice.decryptPhone(tap('alice')))).toBe(REFUSED);
});
