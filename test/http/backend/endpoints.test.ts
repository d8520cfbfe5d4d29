import { createHmac, randomBytes } from 'node:crypto';
import { decodeJwt } from 'jose';
import { MAX_DATA_BYTES } from '../../../src/http/backend/user-signature.js';
import { BackEnd, DOOR } from '../../harness/back-end.js';
import type { GatewayClient } from '../../harness/gateway-client.js';
import { describeWithRedis, RedisProcess } from '../../harness/redis-process.js';
import { type RunningGateway, runGateway } from '../../harness/running-gateway.js';

const ISSUER = 'https://phone.example.com';
const OTHER_APP = 'wx4f4bc4dec97d474b';

describe('in memory', () => {
  describeDoor(async () => ({ env: {}, close: async () => undefined }));
});

describeWithRedis('with Redis', () => {
  describeDoor(async () => {
    const redis = await RedisProcess.start();
    return { env: { REDIS_URL: redis.url }, close: () => redis.stop() };
  });
});

interface Store {
  readonly env: Record<string, string>;
  close(): Promise<void>;
}

function describeDoor(startStore: () => Promise<Store>): void {
  let store: Store;
  let running: RunningGateway;
  let shop: BackEnd;
  let alice: GatewayClient;
  let openId: string;
  let appId: string;

  beforeAll(async () => {
    store = await startStore();
    running = await runGateway({ ...DOOR, PROOF_ISSUER: ISSUER, ...store.env });
    shop = new BackEnd(running.gateway.backendUrl);
    appId = running.app.appId;
  });
  afterAll(async () => {
    await running.gateway.stop();
    await store.close();
  });
  beforeEach(async () => {
    alice = await running.loggedIn('alice');
    openId = (await sessionOf(alice)).openId;
  });

  async function sessionOf(client: GatewayClient) {
    const session = await client.session();
    if (session.__typename !== 'Session') throw new Error(session.code);
    return session;
  }

  async function proofOf(client: GatewayClient): Promise<string> {
    const { body } = await client.post<{ session: { proof: string } }>({
      query: '{ session { ... on Session { proof } } }',
    });
    return body.data?.session.proof ?? '';
  }

  const signedUnder = (key: string, data: string) => createHmac('sha256', key).update(data).digest('hex');
  const keyOf = (name: string) => running.simulator.world.sessionKey(appId, name);

  describe('introspection', () => {
    test('says whose token it is, and until when', async () => {
      const { createdAt, expiresAt } = await sessionOf(alice);
      const seconds = (text: string) => Math.floor(Date.parse(text) / 1000);
      const { status, headers, body } = await shop.introspect(alice.token ?? '');
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(body).toEqual({
        active: true,
        iss: ISSUER,
        sub: openId,
        aud: appId,
        client_id: appId,
        iat: seconds(createdAt),
        exp: seconds(expiresAt),
        sid: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) as string,
        union_id: expect.any(String) as string,
      });
      expect(body['sid']).not.toBe(alice.token);
    });

    test('says the same of a session proof, with the times of the proof', async () => {
      const proof = await proofOf(alice);
      const { body } = await shop.introspect(proof);
      const { iat, exp, sid, sub } = decodeJwt(proof);
      expect(body).toMatchObject({ active: true, iat, exp, sid, sub });
      expect(body['sid']).toBe((await shop.introspect(alice.token ?? '')).body['sid']);
    });

    test('a revoked token, its proof and anything that never was one get the same bytes', async () => {
      const proof = await proofOf(alice);
      const phoneProof = (await alice.proof(running.simulator.world.tap(appId, 'alice'))) ?? '';
      await alice.logout();
      const texts = [
        alice.token ?? '',
        proof,
        phoneProof,
        randomBytes(32).toString('base64url'),
        'x',
        'a.b.c',
        '数'.repeat(1000),
        proof.replace(/[^.]+$/, 'AAAA'),
      ];
      for (const text of texts) {
        const { status, text: answer } = await shop.introspect(text);
        expect([status, answer]).toEqual([200, '{"active":false}']);
      }
    });

    test.each(['', 'token=', 'token=a&token=b', 'tokens=a'])('the form "%s" is an invalid request', async (form) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
      const answer = await shop.post('/introspect', form, headers);
      expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    });
  });

  describe('user signatures', () => {
    test.each([
      ['a token', () => ({ token: alice.token })],
      ['a session proof', async () => ({ token: await proofOf(alice) })],
      ['appId and openId', () => ({ appId, openId })],
    ])('are made for %s, under the newest key', async (_, who) => {
      const data = '{"productId":"月卡"}';
      const { status, body } = await shop.sign({ ...(await who()), data });
      expect({ status, body }).toEqual({ status: 200, body: { signature: signedUnder(keyOf('alice'), data) } });
    });

    test('are made under the newer key after another login', async () => {
      running.simulator.world.renewKey(appId, 'alice');
      await running.loggedIn('alice');
      const { body } = await shop.sign({ appId, openId, data: 'x' });
      expect(body).toEqual({ signature: signedUnder(keyOf('alice'), 'x') });
    });

    test('outlive the session, as the key does', async () => {
      await alice.logout({ everywhere: true });
      expect(await shop.sign({ appId, openId, data: 'x' })).toMatchObject({ status: 200 });
    });

    test('with check, a key that Weixin has replaced gets key_not_current, and a current one signs', async () => {
      expect(await shop.sign({ appId, openId, data: 'x', check: true })).toMatchObject({ status: 200 });
      running.simulator.world.renewKey(appId, 'alice');
      const { status, body } = await shop.sign({ appId, openId, data: 'x', check: true });
      expect({ status, error: body['error'] }).toEqual({ status: 409, error: 'key_not_current' });
      expect(await shop.sign({ appId, openId, data: 'x', check: false })).toMatchObject({ status: 200 });
    });

    test('a user without a key, another app’s user and a token that is not live get the same bytes', async () => {
      await alice.logout();
      const whos = [
        { token: alice.token },
        { token: randomBytes(32).toString('base64url') },
        { token: '' },
        { appId, openId: 'nobody' },
        { appId: OTHER_APP, openId },
      ];
      const answers = await Promise.all(whos.map((who) => shop.sign({ ...who, data: 'x' })));
      expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
      expect(answers[0]).toMatchObject({ status: 404, body: { error: 'no_session_key' } });
    });

    test('data may have 64 KiB, and no byte more', async () => {
      const data = '数'.repeat(MAX_DATA_BYTES / 3) + 'x'.repeat(MAX_DATA_BYTES % 3);
      const { body } = await shop.sign({ appId, openId, data });
      expect(body).toEqual({ signature: signedUnder(keyOf('alice'), data) });
      const answer = await shop.sign({ appId, openId, data: `${data}x` });
      expect(answer).toMatchObject({ status: 413, body: { error: 'invalid_request' } });
    });

    test.each([
      ['no data', () => ({ appId, openId })],
      ['data that is no text', () => ({ appId, openId, data: { a: 1 } })],
      ['no user', () => ({ data: 'x' })],
      ['half a user', () => ({ openId, data: 'x' })],
      ['a token and a user', () => ({ token: alice.token, appId, openId, data: 'x' })],
      ['a malformed appId', () => ({ appId: 'wx1', openId, data: 'x' })],
      ['a malformed openId', () => ({ appId, openId: 'a b', data: 'x' })],
      ['a check that is neither true nor false', () => ({ appId, openId, data: 'x', check: 'yes' })],
      ['a misspelt member', () => ({ appId, openId, data: 'x', chekc: true })],
      ['a list', () => []],
    ])('%s is an invalid request', async (_, body) => {
      const answer = await shop.sign(body());
      expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
      expect(answer.text).not.toContain(openId);
    });
  });

  describe('ending sessions', () => {
    test('ends every session of the user, and nobody else’s', async () => {
      await alice.logout({ everywhere: true });
      const [one, two, bob] = await Promise.all(['alice', 'alice', 'bob'].map((name) => running.loggedIn(name)));
      expect(await shop.endSessions({ appId, openId })).toMatchObject({ status: 200, body: { sessionsEnded: 2 } });
      for (const client of [one, two]) {
        expect(await client?.session()).toMatchObject({ code: 'NOT_LOGGED_IN' });
        expect((await shop.introspect(client?.token ?? '')).body).toEqual({ active: false });
      }
      expect((await shop.introspect(bob?.token ?? '')).body).toMatchObject({ active: true });
      expect(await shop.endSessions({ appId, openId })).toMatchObject({ status: 200, body: { sessionsEnded: 0 } });
    });

    test.each([
      ['a user of another app', () => ({ appId: OTHER_APP, openId })],
      ['a user who never was', () => ({ appId, openId: 'nobody' })],
    ])('%s has none', async (_, who) => {
      expect(await shop.endSessions(who())).toMatchObject({ status: 200, body: { sessionsEnded: 0 } });
      expect(await alice.session()).toMatchObject({ __typename: 'Session' });
    });

    test.each([
      ['no openId', () => ({ appId })],
      ['a malformed appId', () => ({ appId: 'x', openId })],
      ['a token instead', () => ({ token: alice.token })],
      ['a text', () => 'x'],
    ])('%s is an invalid request', async (_, body) => {
      expect(await shop.endSessions(body() as object)).toMatchObject({
        status: 400,
        body: { error: 'invalid_request' },
      });
    });
  });
}
