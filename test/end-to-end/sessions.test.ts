import type { GatewayClient } from '../harness/gateway-client.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

let running: RunningGateway;
const LIVE = { __typename: 'Session' };
const NOT_LOGGED_IN = { __typename: 'InvalidSessionError', code: 'NOT_LOGGED_IN', remedy: 'LOGIN_AND_RESEND' };

beforeEach(async () => {
  running = await runGateway({ SESSIONS_PER_USER: '3' });
});
afterEach(() => running.gateway.stop());

test('the session tells who is logged in, and from when until when', async () => {
  const alice = await running.loggedIn('alice');
  expect(await alice.session()).toEqual({
    __typename: 'Session',
    appId: running.app.appId,
    openId: expect.stringMatching(/^o/) as string,
    unionId: expect.stringMatching(/^u/) as string,
    createdAt: '2026-01-31T08:30:00.000Z',
    expiresAt: '2026-02-07T08:30:00.000Z',
  });
});

test('a session ends when it is left idle, to the second, and use keeps it alive', async () => {
  const alice = await running.loggedIn('alice');
  running.clock.advanceSeconds(7199);
  expect(await alice.session()).toMatchObject(LIVE);
  running.clock.advanceSeconds(7199);
  expect(await alice.session()).toMatchObject(LIVE);
  running.clock.advanceSeconds(7200);
  expect(await alice.session()).toMatchObject(NOT_LOGGED_IN);
});

test('a session ends after its absolute time, used or not', async () => {
  const alice = await running.loggedIn('alice');
  for (let hour = 1; hour < 168; hour += 1) {
    running.clock.advanceSeconds(3600);
    await alice.session();
  }
  running.clock.advanceSeconds(3599);
  expect(await alice.session()).toMatchObject(LIVE);
  running.clock.advanceSeconds(1);
  expect(await alice.session()).toMatchObject(NOT_LOGGED_IN);
});

test('one session more than a user may have ends their oldest, and nobody else’s', async () => {
  const bob = await running.loggedIn('bob');
  const devices: GatewayClient[] = [];
  for (let i = 0; i < 4; i += 1) {
    running.clock.advance(1);
    devices.push(await running.loggedIn('alice'));
  }
  const sessions = await Promise.all(devices.map((device) => device.session()));
  expect(sessions.map((session) => session.__typename)).toEqual([
    'InvalidSessionError',
    'Session',
    'Session',
    'Session',
  ]);
  expect(await bob.session()).toMatchObject(LIVE);
});

test('beyond SESSION_MAX the least recently used session goes', async () => {
  await running.gateway.stop();
  running = await runGateway({ SESSION_MAX: '2' });
  const alice = await running.loggedIn('alice');
  const bob = await running.loggedIn('bob');
  await alice.session();
  await running.loggedIn('carol');
  expect(await bob.session()).toMatchObject(NOT_LOGGED_IN);
  expect(await alice.session()).toMatchObject(LIVE);
});

test('logout ends the session of the caller only, and ending nothing is a success too', async () => {
  const phone = await running.loggedIn('alice');
  const tablet = await running.loggedIn('alice');
  expect(await phone.logout()).toEqual({ __typename: 'LogoutSuccess', sessionsEnded: 1 });
  expect(await phone.session()).toMatchObject(NOT_LOGGED_IN);
  expect(await tablet.session()).toMatchObject(LIVE);
  expect(await phone.logout()).toEqual({ __typename: 'LogoutSuccess', sessionsEnded: 0 });
  expect(await running.client().logout({ everywhere: true })).toEqual({
    __typename: 'LogoutSuccess',
    sessionsEnded: 0,
  });
});

test('logout everywhere ends every session of the user, and nobody else’s', async () => {
  const phone = await running.loggedIn('alice');
  const tablet = await running.loggedIn('alice');
  const bob = await running.loggedIn('bob');
  expect(await phone.logout({ everywhere: true })).toEqual({ __typename: 'LogoutSuccess', sessionsEnded: 2 });
  expect(await phone.session()).toMatchObject(NOT_LOGGED_IN);
  expect(await tablet.session()).toMatchObject(NOT_LOGGED_IN);
  expect(await bob.session()).toMatchObject(LIVE);
});

test('no token, a malformed, unknown, expired or revoked one: the same bytes', async () => {
  const revoked = await running.loggedIn('alice');
  await revoked.logout();
  const expired = await running.loggedIn('alice');
  running.clock.advanceSeconds(7200);
  const data = running.simulator.world.tap(running.app.appId, 'alice');
  const operations = [
    { query: '{ session { __typename ... on UserError { code message remedy retryAfterSeconds } } }' },
    {
      query: `mutation ($input: DecryptPhoneInput!) {
        decryptPhone(input: $input) { __typename ... on UserError { code message remedy retryAfterSeconds } } }`,
      variables: { input: { encryptedData: data.encryptedData, iv: data.iv } },
    },
  ];
  for (const operation of operations) {
    const answers = await Promise.all(
      [undefined, 'x', 'Zm9v+/==', '0'.repeat(43), '0'.repeat(5000), expired.token, revoked.token].map((token) =>
        running.client().post(operation, token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ),
    );
    expect(new Set(answers.map((answer) => `${String(answer.status)} ${answer.text}`)).size).toBe(1);
    expect(answers[0]?.text).toContain('NOT_LOGGED_IN');
  }
});

test('a token travels in the Authorization header only: in another scheme or a URL it is none', async () => {
  const alice = await running.loggedIn('alice');
  const query = { query: '{ session { __typename } }' };
  for (const headers of [{ authorization: `Basic ${alice.token ?? ''}` }, { token: alice.token ?? '' }]) {
    expect((await running.client().post(query, headers)).body.data).toEqual({
      session: { __typename: 'InvalidSessionError' },
    });
  }
});
