import { decodeJwt } from 'jose';
import { BackEnd, DOOR, JSON_TYPE } from '../harness/back-end.js';
import type { GatewayClient } from '../harness/gateway-client.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

/* What a user, a thief of a proof, and somebody with a back end's secret can do. */

const ENDPOINTS = ['/introspect', '/user-signature', '/end-sessions'];
let running: RunningGateway;
let shop: BackEnd;
let alice: GatewayClient;
let openId: string;
let proof: string;

beforeAll(async () => {
  running = await runGateway(DOOR);
  shop = new BackEnd(running.gateway.backendUrl);
});
afterAll(() => running.gateway.stop());
beforeEach(async () => {
  alice = await running.loggedIn('alice');
  const session = await alice.sessionWithProof();
  openId = session.openId;
  proof = session.proof ?? '';
});

test('a stolen proof is no token: it neither logs in, nor decrypts, nor makes another proof', async () => {
  for (const stolen of [proof, String(decodeJwt(proof)['sid'])]) {
    const thief = running.client();
    thief.token = stolen;
    const { encryptedData, iv } = running.simulator.world.tap(running.app.appId, 'alice');
    expect(await thief.session()).toMatchObject({ code: 'NOT_LOGGED_IN' });
    expect(await thief.decryptPhone({ encryptedData, iv })).toMatchObject({ code: 'NOT_LOGGED_IN' });
    expect(await thief.logout({ everywhere: true })).toMatchObject({ sessionsEnded: 0 });
  }
  expect(await alice.session()).toMatchObject({ openId });
});

test('a stolen proof is inactive for introspection as soon as its session ends, and at its own end', async () => {
  expect((await shop.introspect(proof)).body).toMatchObject({ active: true });
  const { iat = 0, exp = 0 } = decodeJwt(proof);
  running.clock.advanceSeconds(exp - iat);
  expect((await shop.introspect(proof)).body).toEqual({ active: false });
  const other = (await alice.sessionWithProof()).proof ?? '';
  await alice.logout();
  expect((await shop.introspect(other)).body).toEqual({ active: false });
});

test('a user gets no signature: neither their token nor their proof opens the door', async () => {
  const door = running.gateway.backendUrl ?? '';
  const { token = '' } = alice;
  const headers = [token, proof].flatMap((secret) => [
    `Bearer ${secret}`,
    ...[`shop:${secret}`, `${openId}:${secret}`, `${secret}:`].map((pair) => `Basic ${btoa(pair)}`),
  ]);
  for (const path of ENDPOINTS) {
    for (const authorization of headers) {
      const body = JSON.stringify({ token, data: 'x' });
      const response = await fetch(door + path, { method: 'POST', headers: { ...JSON_TYPE, authorization }, body });
      expect(response.status).toBe(401);
    }
  }
  const { body } = await alice.post({
    query: '{ __schema { queryType { fields { name } } mutationType { fields { name } } } }',
  });
  expect(JSON.stringify(body)).not.toMatch(/sign|introspect/i);
});

test('with a back end’s secret nobody gets a session key or a token', async () => {
  const { appId } = running.app;
  const key = running.simulator.world.sessionKey(appId, 'alice');
  const answers = [
    await shop.introspect(alice.token ?? ''),
    await shop.introspect(proof),
    await shop.sign({ appId, openId, data: '', check: true }),
    await shop.sign({ appId, openId, data: key }),
    await shop.endSessions({ appId, openId }),
  ];
  const seen = answers.map(({ text }) => text).join() + running.logLines.join();
  for (const secret of [key, Buffer.from(key, 'base64').toString('hex'), alice.token ?? '', proof]) {
    expect(seen).not.toContain(secret);
  }
});

test('the secret of a back end is in no line of the log, also if it is sent in the wrong place', async () => {
  const secret = 'another-secret-of-the-support-desk:1';
  const wrong = new BackEnd(running.gateway.backendUrl, `${secret}:desk`);
  await wrong.introspect(secret);
  await new BackEnd(running.gateway.backendUrl, `desk:${secret}`).introspect(secret);
  await shop.sign({ secret });
  const log = running.logLines.join();
  for (const text of ['another-secret', btoa(`${secret}:desk`).slice(0, 30), btoa(`desk:${secret}`).slice(0, 30)]) {
    expect(log).not.toContain(text);
  }
});
