import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOOR } from '../harness/back-end.js';
import { type RunningGateway, runGateway, runProductionGateway } from '../harness/running-gateway.js';

const folder = mkdtempSync(join(tmpdir(), 'discovery-'));
const file = join(folder, 'keys.pem');
const keys = [
  generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey,
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  generateKeyPairSync('ed25519').privateKey,
];
let running: RunningGateway;

beforeAll(() => {
  writeFileSync(file, keys.map((key) => key.export({ type: 'pkcs8', format: 'pem' })).join(''));
});
afterEach(() => running.gateway.stop());
afterAll(() => rmSync(folder, { recursive: true }));

async function start(issuer: string, env: Record<string, string> = {}): Promise<void> {
  running = await runGateway({ WEIXIN_SIMULATOR: 'on', PROOF_KEY_FILE: file, PROOF_ISSUER: issuer, ...env });
}

const get = (path: string) => fetch(running.gateway.url + path);

const METADATA = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'];

test.each(METADATA)('%s tells where the keys are and what signs', async (path) => {
  await start('https://phone.example.com');
  const answer = await get(path);
  expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
  expect(await answer.json()).toEqual({
    issuer: 'https://phone.example.com',
    jwks_uri: 'https://phone.example.com/.well-known/jwks.json',
    response_types_supported: ['id_token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['ES256', 'RS256', 'EdDSA'],
    claims_supported: expect.arrayContaining(['sub', 'sid']) as unknown,
  });
});

test.each([
  { issuer: 'https://a.example/phone', jwks: 'https://a.example/phone/.well-known/jwks.json' },
  { issuer: 'https://a.example/phone/', jwks: 'https://a.example/phone/.well-known/jwks.json' },
])('the documents of $issuer are where each specification has them, and at the root', async ({ issuer, jwks }) => {
  await start(issuer);
  const paths = [
    '/phone/.well-known/openid-configuration',
    '/.well-known/oauth-authorization-server/phone',
    ...METADATA,
  ];
  for (const path of paths) expect(await (await get(path)).json()).toMatchObject({ issuer, jwks_uri: jwks });
  for (const path of ['/phone/.well-known/jwks.json', '/.well-known/jwks.json']) {
    const answer = await get(path);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
    expect(((await answer.json()) as { keys: unknown[] }).keys).toHaveLength(3);
  }
  expect((await get('/phone/.well-known/oauth-authorization-server')).status).toBe(404);
});

test('the introspection endpoint is named if there is a door: where it listens, or where back ends reach it', async () => {
  await start('https://phone.example.com', DOOR);
  const endpoint = async () =>
    ((await (await get(METADATA[0] ?? '')).json()) as Record<string, unknown>)['introspection_endpoint'];
  expect(await endpoint()).toBe(`${running.gateway.backendUrl ?? ''}/introspect`);
  await running.gateway.stop();
  await start('https://phone.example.com', { ...DOOR, BACKEND_URL: 'https://door.internal:8443' });
  expect(await endpoint()).toBe('https://door.internal:8443/introspect');
  await running.gateway.stop();
  await start('https://phone.example.com', { ...DOOR, BACKEND_HOST: '0.0.0.0' });
  expect(await endpoint()).toBeUndefined();
});

test('without a signing key there is no metadata', async () => {
  running = await runProductionGateway(DOOR);
  for (const path of METADATA) {
    const answer = await get(path);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store']);
  }
  expect(await (await get('/.well-known/jwks.json')).json()).toEqual({ keys: [] });
});
