import { setImmediate as nextTurn } from 'node:timers/promises';
import { CODE_2_SESSION } from '../../src/simulator/weixin-routes.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

let running: RunningGateway;
const wxLogin = (user = 'alice') => running.simulator.world.login(running.app.appId, user);
const upstreamCalls = () => running.simulator.faults.calls(CODE_2_SESSION);
const USED = { __typename: 'InvalidCodeError', code: 'CODE_ALREADY_USED', remedy: 'LOGIN_AND_RESEND' };

async function restart(env: Record<string, string>): Promise<void> {
  await running.gateway.stop();
  running = await runGateway(env);
}

beforeEach(async () => {
  running = await runGateway();
});
afterEach(() => running.gateway.stop());

describe('copies of a code', () => {
  test('five at once, and one a few seconds later, give the same token and ask Weixin once', async () => {
    const code = wxLogin();
    running.simulator.faults.add(CODE_2_SESSION, [{ delayMs: 50 }]);
    const logins = await Promise.all(Array.from({ length: 5 }, () => running.client().login({ code })));
    running.clock.advanceSeconds(5);
    logins.push(await running.client().login({ code }));

    const tokens = logins.map((login) => (login.__typename === 'LoginSuccess' ? login.token : login.code));
    expect(new Set(tokens)).toEqual(new Set([tokens[0]]));
    expect(logins[5]).toEqual(logins[0]);
    expect(upstreamCalls()).toBe(1);
  });

  test('are refused as used once the replay time is over, without asking Weixin, for as long as a code lives', async () => {
    const code = wxLogin();
    await running.client().loggedIn(code);
    running.clock.advanceSeconds(59);
    expect(await running.client().login({ code })).toMatchObject({ __typename: 'LoginSuccess' });
    for (const wait of [1, 239]) {
      running.clock.advanceSeconds(wait);
      expect(await running.client().login({ code })).toMatchObject(USED);
    }
    expect(upstreamCalls()).toBe(1);
  });

  test('give nothing twice where LOGIN_REPLAY_SECONDS is 0, not even at the same time', async () => {
    await restart({ LOGIN_REPLAY_SECONDS: '0' });
    const code = wxLogin();
    running.simulator.faults.add(CODE_2_SESSION, [{ delayMs: 50 }]);
    const first = running.client().login({ code });
    while (upstreamCalls() === 0) await nextTurn();
    expect(await running.client().login({ code })).toMatchObject(USED);
    expect(await first).toMatchObject({ __typename: 'LoginSuccess' });
    expect(await running.client().login({ code })).toMatchObject(USED);
  });

  test.each([
    { first: 'nonce-1', second: 'nonce-1', answer: { __typename: 'LoginSuccess' } },
    { first: 'nonce-1', second: 'nonce-2', answer: USED },
    { first: 'nonce-1', second: undefined, answer: USED },
    { first: undefined, second: 'nonce-1', answer: USED },
  ])('with nonce $first, then $second: $answer.__typename', async ({ first, second, answer }) => {
    const code = wxLogin();
    const input = (nonce: string | undefined) => (nonce === undefined ? { code } : { code, nonce });
    expect(await running.client().login(input(first))).toMatchObject({ __typename: 'LoginSuccess' });
    expect(await running.client().login(input(second))).toMatchObject(answer);
    expect(upstreamCalls()).toBe(1);
  });

  test('do not bring a revoked session back', async () => {
    const code = wxLogin();
    const client = await running.client().loggedIn(code);
    await client.logout();
    expect(await running.client().login({ code })).toMatchObject(USED);
  });
});

describe('what Weixin answers', () => {
  test.each([
    { errcode: 40029, member: 'InvalidCodeError', code: 'CODE_INVALID', remedy: 'LOGIN_AND_RESEND', retry: null },
    { errcode: 40163, member: 'InvalidCodeError', code: 'CODE_ALREADY_USED', remedy: 'LOGIN_AND_RESEND', retry: null },
    { errcode: 40226, member: 'UserBlockedError', code: 'USER_BLOCKED', remedy: 'NONE', retry: null },
    { errcode: 45011, member: 'RateLimitedError', code: 'RATE_LIMITED', remedy: 'RETRY_LATER', retry: 60 },
    { errcode: 45009, member: 'RateLimitedError', code: 'RATE_LIMITED', remedy: 'RETRY_LATER', retry: 3600 },
  ])('errcode $errcode ends as $member $code', async ({ errcode, member, code, remedy, retry }) => {
    running.simulator.faults.add(CODE_2_SESSION, [{ errcode }]);
    expect(await running.client().login({ code: wxLogin() })).toEqual({
      __typename: member,
      code,
      remedy,
      message: expect.any(String) as string,
      retryAfterSeconds: retry,
    });
    expect(upstreamCalls()).toBe(1);
  });

  test.each([40029, 40163, 40226])(
    'errcode %i is final: a copy of the code is answered from memory',
    async (errcode) => {
      running.simulator.faults.add(CODE_2_SESSION, [{ errcode }]);
      const code = wxLogin();
      const first = await running.client().login({ code });
      running.clock.advanceSeconds(299);
      expect(await running.client().login({ code })).toEqual(first);
      expect(upstreamCalls()).toBe(1);
    },
  );

  test('busy once: the call is repeated, and the user is logged in', async () => {
    running.simulator.faults.add(CODE_2_SESSION, [{ errcode: -1 }]);
    expect(await running.client().login({ code: wxLogin() })).toMatchObject({ __typename: 'LoginSuccess' });
    expect(upstreamCalls()).toBe(2);
  });

  test.each([
    { what: 'busy twice', faults: [{ errcode: -1 }, { errcode: -1 }] },
    { what: 'a minute quota', faults: [{ errcode: 45011 }] },
    { what: 'a daily quota', faults: [{ errcode: 45009 }] },
  ])('$what: the code was not spent, and the same request sent later logs the user in', async ({ faults }) => {
    running.simulator.faults.add(CODE_2_SESSION, faults);
    const code = wxLogin();
    expect(await running.client().login({ code })).toMatchObject({ remedy: 'RETRY_LATER' });
    running.clock.advanceSeconds(60);
    expect(await running.client().login({ code })).toMatchObject({ __typename: 'LoginSuccess' });
  });

  test.each([
    { what: 'silence', fault: { silence: true as const } },
    { what: 'a closed connection', fault: { close: true as const } },
    { what: 'a 502', fault: { status: 502 } },
    { what: 'a redirect', fault: { status: 302 } },
    { what: 'garbage', fault: { body: '<html>busy</html>' } },
    { what: 'a session without a key', fault: { body: '{"openid":"oABC"}' } },
  ])('$what: unavailable inside the deadline, and the code never reaches Weixin again', async ({ fault }) => {
    await restart({ WEIXIN_TIMEOUT_MS: '300' });
    running.simulator.faults.add(CODE_2_SESSION, [fault]);
    const code = wxLogin();
    const startedAt = performance.now();
    expect(await running.client().login({ code })).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(await running.client().login({ code })).toMatchObject(USED);
    expect(upstreamCalls()).toBe(1);
  });

  test('a code that no wx.login can have given is refused without asking Weixin', async () => {
    for (const code of ['', 'two words', 'x'.repeat(257), 'é']) {
      expect(await running.client().login({ code })).toMatchObject({ code: 'CODE_INVALID' });
    }
    expect(upstreamCalls()).toBe(0);
  });

  test('an expired code is invalid', async () => {
    const code = wxLogin();
    running.clock.advanceSeconds(300);
    expect(await running.client().login({ code })).toMatchObject({ code: 'CODE_INVALID' });
  });
});
