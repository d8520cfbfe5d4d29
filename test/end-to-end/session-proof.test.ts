import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import { BackEnd, DOOR } from '../harness/back-end.js';
import { proofsUnder, privateKey } from '../harness/gateway-with-key.js';
import { describeWithRedis } from '../harness/redis-process.js';
import { Fleet } from '../harness/fleet.js';
import { type RunningGateway, runGateway, runProductionGateway } from '../harness/running-gateway.js';

const ISSUER = 'https://phone.example.com';
let running: RunningGateway | undefined;

afterEach(async () => {
  await running?.gateway.stop();
  running = undefined;
});

async function start(env: Record<string, string> = {}): Promise<RunningGateway> {
  running = await runGateway({ PROOF_ISSUER: ISSUER, ...env });
  return running;
}

test('it says whose session it is, from when, and until when', async () => {
  const gateway = await start();
  const alice = await gateway.loggedIn('alice');
  gateway.clock.advanceSeconds(100);
  const { proof, openId, unionId, createdAt } = await alice.sessionWithProof();
  const keys = createRemoteJWKSet(new URL(`${gateway.gateway.url}/.well-known/jwks.json`));
  const { payload, protectedHeader } = await jwtVerify(proof ?? '', keys, {
    currentDate: new Date(gateway.clock.now()),
  });
  const now = Math.floor(gateway.clock.now() / 1000);
  // A development key is P-256, which every verifier takes.
  expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'JWT', kid: expect.any(String) as string });
  expect(unionId).not.toBeNull();
  expect(payload).toEqual({
    iss: ISSUER,
    sub: openId,
    aud: gateway.app.appId,
    sid: expect.stringMatching(/^[\w-]{43}$/) as string,
    iat: now,
    exp: now + 300,
    auth_time: Math.floor(Date.parse(createdAt) / 1000),
    union_id: unionId,
  });
  expect(payload['auth_time']).toBe(now - 100);
});

test('sid is one for a session, in every proof of it, and tells nothing of its token', async () => {
  const gateway = await start();
  const alice = await gateway.loggedIn('alice');
  const sid = async (client = alice) => decodeJwt((await client.sessionWithProof()).proof ?? '')['sid'];
  const first = await sid();
  expect(await sid()).toBe(first);
  expect(first).not.toBe(alice.token);
  expect(await sid(await gateway.loggedIn('alice'))).not.toBe(first);
  // It is no token either.
  const thief = gateway.client();
  thief.token = String(first);
  expect(await thief.session()).toMatchObject({ code: 'NOT_LOGGED_IN' });
});

test('a login can bring it along', async () => {
  const gateway = await start();
  const code = gateway.simulator.world.login(gateway.app.appId, 'alice');
  const query =
    'mutation ($code: String!) { login(input: { code: $code }) { ... on LoginSuccess { session { openId proof } } } }';
  const { body } = await gateway.client().post<{ login: { session: { openId: string; proof: string } } }>({
    query,
    variables: { code },
  });
  const { openId, proof } = body.data?.login.session ?? { openId: '', proof: '' };
  expect(decodeJwt(proof).sub).toBe(openId);
});

test('it is signed once in an answer, under however many aliases it is selected', async () => {
  const gateway = await start();
  const alice = await gateway.loggedIn('alice');
  const aliases = Array.from({ length: 50 }, (_, i) => `p${i}: proof`).join(' ');
  const { body } = await alice.post<{ session: Record<string, string> }>({
    query: `{ session { ... on Session { ${aliases} } } }`,
  });
  const proofs = Object.values(body.data?.session ?? {});
  expect(proofs).toHaveLength(50);
  // Each signature of ECDSA is another one.
  expect(new Set(proofs).size).toBe(1);
});

test('SESSION_PROOF_SECONDS is its life, and it does not outlive the session', async () => {
  const gateway = await start({ SESSION_PROOF_SECONDS: '3600', SESSION_ABSOLUTE_SECONDS: '5000' });
  const alice = await gateway.loggedIn('alice');
  const life = async () => {
    const { iat = 0, exp = 0 } = decodeJwt((await alice.sessionWithProof()).proof ?? '');
    return exp - iat;
  };
  expect(await life()).toBe(3600);
  gateway.clock.advanceSeconds(4000);
  expect(await life()).toBe(1000);
});

test('the first key signs: P-256, RSA or Ed25519', async () => {
  for (const [kind, alg] of [
    ['P-256', 'ES256'],
    ['RSA', 'RS256'],
    ['Ed25519', 'EdDSA'],
  ] as const) {
    const { session, phone, stop } = await proofsUnder(privateKey(kind));
    expect([session, phone].map((proof) => decodeProtectedHeader(proof).alg)).toEqual([alg, alg]);
    await stop();
  }
});

test('introspection takes the proofs that the gateway signed as such, and no other token of its keys', async () => {
  const key = privateKey('P-256');
  const gateway = await proofsUnder(key, DOOR);
  running = gateway.running;
  const genuine = decodeJwt(gateway.session);
  const { kid = '' } = decodeProtectedHeader(gateway.session);
  const forged = (claims: Readonly<Record<string, unknown>>, header: object = {}, signingKey = key) =>
    new SignJWT({ ...genuine, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid, typ: 'JWT', ...header })
      .sign(signingKey);
  const door = new BackEnd(gateway.running.gateway.backendUrl);
  const isActive = async (proof: string) => (await door.introspect(proof)).body['active'];
  const [, payload = '', signature = ''] = gateway.session.split('.');
  const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');

  expect(await isActive(await forged({}))).toBe(true);
  const others = [
    await forged({}, { typ: 'phone-proof+jwt' }),
    await forged({}, { typ: undefined }),
    await forged({ iss: 'https://evil.example' }),
    await forged({ exp: undefined }),
    await forged({ exp: genuine.iat ?? 0 }),
    await forged({ sid: 'made-up' }),
    await forged({ sid: undefined }),
    await forged({}, {}, privateKey('P-256')),
    `${unsigned}.${payload}.`,
    `${unsigned}.${payload}.${signature}`,
  ];
  expect(await Promise.all(others.map(isActive))).toEqual(others.map(() => false));
});

test('in production without a signing key it is null', async () => {
  running = await runProductionGateway();
  const alice = await running.loggedIn('alice');
  expect((await alice.sessionWithProof()).proof).toBeNull();
});

describeWithRedis('with Redis', () => {
  test('sid is the same on every instance', async () => {
    const fleet = await Fleet.start({ env: { PROOF_ISSUER: ISSUER } });
    const here = await fleet.loggedIn('alice');
    const there = fleet.at(1).client(here.token);
    const sids = await Promise.all(
      [here, there].map(async (client) => decodeJwt((await client.sessionWithProof()).proof ?? '')['sid']),
    );
    await fleet.stop();
    expect(sids[0]).toMatch(/^[\w-]{43}$/);
    expect(sids[1]).toBe(sids[0]);
  });
});
