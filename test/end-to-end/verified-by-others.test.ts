import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import * as oidc from 'openid-client';
import { DOOR, SECRET } from '../harness/back-end.js';
import { run } from '../harness/child-process.js';
import { freePort } from '../harness/free-port.js';
import { type KeyKind, type Proofs, privateKey, proofsUnder } from '../harness/gateway-with-key.js';
import { runGateway } from '../harness/running-gateway.js';

/* The proofs by their form on the wire, as programs that are not of this project read it. PyJWT: test/docs. */

const SESSION = 'JWT';
const PHONE = 'phone-proof+jwt';

const kinds: [kind: KeyKind, algorithm: string][] = [
  ['P-256', 'ES256'],
  ['RSA', 'RS256'],
  ['Ed25519', 'EdDSA'],
];

describe.each(kinds)('a key of %s', (kind, algorithm) => {
  let gateway: Proofs;
  beforeAll(async () => {
    gateway = await proofsUnder(privateKey(kind));
  });
  afterAll(() => gateway.stop());

  const jwksUrl = () => new URL(`${gateway.running.gateway.url}/.well-known/jwks.json`);
  const verified = (proof: string, typ: string) =>
    jwtVerify(proof, createRemoteJWKSet(jwksUrl()), {
      issuer: 'http://localhost:4000',
      audience: gateway.running.app.appId,
      algorithms: [algorithm],
      typ,
    });

  test('jose verifies both proofs, and takes neither where the other is expected', async () => {
    for (const [proof, typ, other] of [
      [gateway.session, SESSION, PHONE],
      [gateway.phone, PHONE, SESSION],
    ] as const) {
      await expect(verified(proof, typ)).resolves.toMatchObject({ payload: { sub: gateway.openId } });
      await expect(verified(proof, other)).rejects.toMatchObject({ claim: 'typ' });
    }
  });

  // openssl dgst does not sign with Ed25519.
  const testWithOpenssl = kind === 'Ed25519' ? test.skip : test;
  testWithOpenssl('openssl verifies both proofs with the published key', async () => {
    const { keys } = (await (await fetch(jwksUrl())).json()) as JSONWebKeySet;
    for (const proof of [gateway.session, gateway.phone]) {
      const jwk = keys.find(({ kid }) => kid === decodeProtectedHeader(proof).kid);
      expect(await opensslVerifies(proof, jwk as JsonWebKey)).toBe('Verified OK');
      const [header, , signature] = proof.split('.');
      const changed = `${header ?? ''}.${Buffer.from('{"sub":"bob"}').toString('base64url')}.${signature ?? ''}`;
      expect(await opensslVerifies(changed, jwk as JsonWebKey)).toBe('Verification failure');
    }
  });
});

/** What `openssl dgst` says of the signature of a JWT under this public key. */
async function opensslVerifies(jwt: string, jwk: JsonWebKey): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'openssl-'));
  const [header = '', payload = '', encoded = ''] = jwt.split('.');
  const signature = Buffer.from(encoded, 'base64url');
  const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
  writeFileSync(join(folder, 'key.pem'), pem);
  writeFileSync(join(folder, 'signature'), jwk.kty === 'EC' ? derOf(signature) : signature);
  const args = ['dgst', '-sha256', '-verify', 'key.pem', '-signature', 'signature'];
  const { stdout } = await run('openssl', args, `${header}.${payload}`, { cwd: folder });
  rmSync(folder, { recursive: true });
  return stdout.split('\n')[0];
}

/** An ECDSA signature as X.509 writes it: a JWS has two numbers of 32 bytes one behind the other (RFC 7518 section 3.4). */
function derOf(signature: Buffer): Buffer {
  expect(signature).toHaveLength(64);
  const integers = [signature.subarray(0, 32), signature.subarray(32)].map((number) => {
    const first = number.findIndex((byte) => byte !== 0);
    const bytes = number.subarray(first);
    const positive = (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]);
    return Buffer.concat([Buffer.of(2, positive.length), positive]);
  });
  const body = Buffer.concat(integers);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
}

describe.each(['', '/phone'])('openid-client, for an issuer with the path "%s"', (path) => {
  test.each(['oidc', 'oauth2'] as const)('finds the gateway by %s and introspects its tokens', async (algorithm) => {
    const port = await freePort();
    const issuer = `http://127.0.0.1:${port}${path}`;
    const running = await runGateway({ ...DOOR, PORT: String(port), PROOF_ISSUER: issuer });
    running.clock.advance(Date.now() - running.clock.now());
    const alice = await running.loggedIn('alice');
    const { openId, proof } = await alice.sessionWithProof();

    const config = await oidc.discovery(new URL(issuer), 'shop', {}, oidc.ClientSecretBasic(SECRET), {
      algorithm,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- it is, so that nobody uses it outside a test
      execute: [oidc.allowInsecureRequests],
    });
    const introspect = (token: string) => oidc.tokenIntrospection(config, token);
    for (const token of [alice.token ?? '', proof ?? '']) {
      expect(await introspect(token)).toMatchObject({ active: true, sub: openId, iss: issuer });
    }
    await alice.logout();
    for (const token of [alice.token ?? '', proof ?? '', 'x'])
      expect(await introspect(token)).toEqual({ active: false });
    await running.gateway.stop();
  });
});
