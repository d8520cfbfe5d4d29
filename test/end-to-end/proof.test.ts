import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

const ISSUER = 'https://phone.example.com';
const folder = mkdtempSync(join(tmpdir(), 'proof-keys-'));
let running: RunningGateway | undefined;

afterEach(async () => {
  await running?.gateway.stop();
  running = undefined;
});
afterAll(() => rmSync(folder, { recursive: true }));

const ed25519 = () => generateKeyPairSync('ed25519').privateKey;
const p256 = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;

/** A gateway whose PROOF_KEY_FILE holds these keys; the simulator must then be asked for. */
async function runWithKeys(keys: KeyObject[], env: Record<string, string> = {}): Promise<RunningGateway> {
  const file = join(folder, 'keys.pem');
  writeFileSync(file, keys.map((key) => key.export({ type: 'pkcs8', format: 'pem' })).join(''));
  await running?.gateway.stop();
  running = await runGateway({ WEIXIN_SIMULATOR: 'on', PROOF_KEY_FILE: file, PROOF_ISSUER: ISSUER, ...env });
  return running;
}

async function proofOf(gateway: RunningGateway): Promise<string> {
  const alice = await gateway.loggedIn('alice');
  const tap = gateway.simulator.world.tap(gateway.app.appId, 'alice', { purePhoneNumber: '13580006666' });
  const proof = await alice.proof(tap);
  if (proof === null) throw new Error('There is no proof.');
  return proof;
}

async function jwks({ gateway }: RunningGateway): Promise<JSONWebKeySet> {
  return (await (await fetch(`${gateway.url}/.well-known/jwks.json`)).json()) as JSONWebKeySet;
}

test('a proof is signed once, under however many aliases it is selected', async () => {
  const { app, simulator, ...gateway } = await runWithKeys([p256()]);
  const alice = await gateway.loggedIn('alice');
  const { encryptedData, iv } = simulator.world.tap(app.appId, 'alice');
  const aliases = Array.from({ length: 50 }, (_, i) => `p${i}: proof`).join(' ');
  const query = `mutation ($input: DecryptPhoneInput!) { decryptPhone(input: $input) { ... on PhoneNumber { ${aliases} } } }`;
  const { body } = await alice.post<{ decryptPhone: Record<string, string> }>({
    query,
    variables: { input: { encryptedData, iv } },
  });
  const proofs = Object.values(body.data?.decryptPhone ?? {});
  expect(proofs).toHaveLength(50);
  // Each signature has a jti of its own.
  expect(new Set(proofs).size).toBe(1);
});

test.each([
  { algorithm: 'EdDSA', key: ed25519 },
  { algorithm: 'ES256', key: p256 },
])('a proof signed with $algorithm says whose number it is, and verifies against the published keys', async (row) => {
  const gateway = await runWithKeys([row.key()]);
  const { clock, app, simulator } = gateway;
  const alice = await gateway.loggedIn('alice');
  const session = await alice.session();
  const proof = await alice.proof(simulator.world.tap(app.appId, 'alice', { purePhoneNumber: '13580006666' }));

  const keys = createRemoteJWKSet(new URL(`${gateway.gateway.url}/.well-known/jwks.json`));
  const { payload, protectedHeader } = await jwtVerify(proof ?? '', keys, {
    issuer: ISSUER,
    audience: app.appId,
    typ: 'phone-proof+jwt',
    currentDate: new Date(clock.now()),
  });
  const now = Math.floor(clock.now() / 1000);
  expect(protectedHeader).toEqual({ alg: row.algorithm, typ: 'phone-proof+jwt', kid: expect.any(String) as string });
  expect(payload).toEqual({
    iss: ISSUER,
    aud: app.appId,
    sub: session.__typename === 'Session' && session.openId,
    iat: now,
    exp: now + 300,
    jti: expect.any(String) as string,
    phone_number: '+8613580006666',
    phone_number_verified: true,
    phone_number_issued_at: now,
    phone_number_source: 'encrypted_data',
  });
});

test('every proof has a jti of its own', async () => {
  const gateway = await runWithKeys([ed25519()]);
  expect(decodeJwt(await proofOf(gateway)).jti).not.toBe(decodeJwt(await proofOf(gateway)).jti);
});

test('no private part of a key is published', async () => {
  const published = await jwks(await runWithKeys([ed25519(), p256()]));
  expect(published.keys.map(({ kty, alg, use }) => ({ kty, alg, use }))).toEqual([
    { kty: 'OKP', alg: 'EdDSA', use: 'sig' },
    { kty: 'EC', alg: 'ES256', use: 'sig' },
  ]);
  for (const key of published.keys) expect(key).not.toHaveProperty('d');
});

test('keys roll over without a gap: a proof of the old key verifies while both are published', async () => {
  const old = ed25519();
  const next = p256();
  const before = await proofOf(await runWithKeys([old]));
  const gateway = await runWithKeys([next, old]);
  const after = await proofOf(gateway);
  expect([before, after].map((proof) => decodeProtectedHeader(proof).alg)).toEqual(['EdDSA', 'ES256']);
  const keys = createRemoteJWKSet(new URL(`${gateway.gateway.url}/.well-known/jwks.json`));
  for (const proof of [before, after]) {
    await expect(jwtVerify(proof, keys, { currentDate: new Date(gateway.clock.now()) })).resolves.toBeDefined();
  }
});

test('iss is PROOF_ISSUER, whatever host the request names', async () => {
  const gateway = await runWithKeys([ed25519()]);
  const alice = await gateway.loggedIn('alice');
  const { encryptedData, iv } = gateway.simulator.world.tap(gateway.app.appId, 'alice');
  const answer = await alice.post<{ decryptPhone: { proof: string } }>(
    {
      query: 'mutation ($input: DecryptPhoneInput!) { decryptPhone(input: $input) { ... on PhoneNumber { proof } } }',
      variables: { input: { encryptedData, iv } },
    },
    { 'x-forwarded-host': 'evil.example', host: 'evil.example' },
  );
  expect(decodeJwt(answer.body.data?.decryptPhone.proof ?? '').iss).toBe(ISSUER);
});

test.each([
  { binding: 'openid', source: 'code' },
  { binding: 'none', source: undefined },
])('with PHONE_CODE_BINDING=$binding the proof of an exchanged code is of source $source', async (row) => {
  const { binding, source } = row;
  const gateway = await runWithKeys([ed25519()], { PHONE_CODE_BINDING: binding });
  const alice = await gateway.loggedIn('alice');
  const { code } = gateway.simulator.world.tap(gateway.app.appId, 'alice');
  const { body } = await alice.post<{ exchangePhoneCode: { proof: string | null } }>({
    query: 'mutation ($code: String!) { exchangePhoneCode(input: { code: $code }) { ... on PhoneNumber { proof } } }',
    variables: { code },
  });
  const proof = body.data?.exchangePhoneCode.proof ?? null;
  expect(proof && decodeJwt(proof)['phone_number_source']).toBe(source ?? null);
});

test('outside production there is a key of the process’s own; in production without PROOF_KEY_FILE there is none', async () => {
  running = await runGateway();
  expect((await jwks(running)).keys).toHaveLength(1);
  await expect(proofOf(running)).resolves.toMatch(/^ey/);
});
