import { decodeJwt } from 'jose';
import { type MiniProgram, startMiniProgram } from '../harness/mini-program.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

let running: RunningGateway;
let app: MiniProgram;
beforeEach(async () => {
  running = await runGateway();
  app = startMiniProgram(running);
});
afterEach(() => running.gateway.stop());

async function proof({ client }: MiniProgram = app): Promise<string> {
  const result = await client.proof();
  if (result.__typename !== 'SessionProof') throw new Error(result.code);
  return result.proof;
}

const requests = () => app.wx.calls.filter((call) => call === 'session').length;

test('it logs in if there is no session, and says whose it is', async () => {
  const claims = decodeJwt(await proof());
  expect(app.wx.calls).toEqual(['wx.login', 'login', 'session']);
  expect(await app.client.session()).toMatchObject({ openId: claims.sub, appId: claims.aud });
});

test('it is kept until shortly before its end, and then made anew', async () => {
  const first = await proof();
  running.clock.advanceSeconds(269);
  expect(await proof()).toBe(first);
  running.clock.advanceSeconds(1);
  const second = await proof();
  expect(second).not.toBe(first);
  expect(requests()).toBe(2);
});

test('many who ask at once share one request', async () => {
  const proofs = await Promise.all(Array.from({ length: 20 }, () => proof()));
  expect(new Set(proofs).size).toBe(1);
  expect(requests()).toBe(1);
});

test('a phone whose clock goes back asks again', async () => {
  await proof();
  running.clock.advanceSeconds(-3600);
  await app.client.proof();
  expect(requests()).toBe(2);
});

test('an expired session: it logs in again', async () => {
  const first = decodeJwt(await proof());
  running.clock.advanceSeconds(7200);
  const second = decodeJwt(await proof());
  expect(second['sid']).not.toBe(first['sid']);
});

test('nothing of it is left after a logout, also if it was under way', async () => {
  await app.client.login();
  app.wx.network = ['late'];
  const before = app.client.proof();
  await app.wx.idle();
  await app.client.logout();
  const after = decodeJwt(await proof());
  app.wx.deliver();
  expect((await before).__typename).toBe('SessionProof');
  expect(decodeJwt(await proof())['sid']).toBe(after['sid']);
});

test('an unreachable gateway is told as everywhere, and the next call asks again', async () => {
  await app.client.login();
  app.wx.network = ['lost', 'lost'];
  expect(await app.client.proof()).toMatchObject({ __typename: 'GatewayUnreachable', remedy: 'RETRY_LATER' });
  expect(await app.client.proof()).toMatchObject({ __typename: 'SessionProof' });
});

test('an answer that is no JWT is handed over and not kept', async () => {
  await app.client.login();
  for (const made of ['x', 'a.b.c', 'a.數.c']) {
    const data = { data: { session: { __typename: 'Session', proof: made } } };
    app.wx.network = [{ data }];
    expect(await app.client.proof()).toEqual({ __typename: 'SessionProof', proof: made });
  }
  expect(requests()).toBe(3);
});

test('a gateway without a signing key has none', async () => {
  await app.client.login();
  app.wx.network = [{ data: { data: { session: { __typename: 'Session', proof: null } } } }];
  expect(await app.client.proof()).toMatchObject({ __typename: 'NoProof', code: 'NO_PROOF', remedy: 'NONE' });
});

test('the token is there for a back end that introspects, and empty without a session', async () => {
  expect(app.client.token()).toBe('');
  await app.client.login();
  expect(app.client.token()).toMatch(/^[\w-]{43}$/);
  await app.client.logout();
  expect(app.client.token()).toBe('');
  expect(app.wx.calls).toEqual(['wx.login', 'login', 'logout']);
});
