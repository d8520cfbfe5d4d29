import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader, type JWTPayload, SignJWT } from 'jose';
import { run } from '../harness/child-process.js';
import { codeIn, page } from '../harness/documents.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

/*
 * The back end of the page, run as it stands in a process of its own against a running gateway. Each rejected proof is
 * signed with the gateway's own key and differs from a genuine one in one thing, so that one check alone can reject it.
 */
const proofs = page('docs/your-back-end.md').section('Phone proofs');
const folder = mkdtempSync(join(tmpdir(), 'docs-proof-'));
const file = join(folder, 'proof-key.pem');
const key = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
let running: RunningGateway;
let genuine: string;
let alice: string;

beforeAll(async () => {
  writeFileSync(file, key.export({ type: 'pkcs8', format: 'pem' }));
  running = await runGateway({
    WEIXIN_SIMULATOR: 'on',
    PROOF_KEY_FILE: file,
    PROOF_ISSUER: 'http://localhost:4000',
  });
  // The back end reads the machine's clock.
  running.clock.advance(Date.now() - running.clock.now());
  const client = await running.loggedIn('alice');
  genuine = (await client.proof(running.simulator.world.tap(running.app.appId, 'alice'))) ?? '';
  alice = decodeJwt(genuine).sub ?? '';
});
afterAll(async () => {
  await running.gateway.stop();
  rmSync(folder, { recursive: true });
});

/** What the block makes of a proof: the number, or the code or message of what it throws. */
async function verify(proof: string, openId: string | undefined): Promise<{ number?: string; rejected?: string }> {
  const [block = ''] = proofs.blocks('js');
  const module = `${block.replaceAll('http://127.0.0.1:4000', running.gateway.url)}
    const outcome = await provenPhoneNumber(${JSON.stringify(proof)}, ${JSON.stringify(openId)}).then(
      (number) => ({ number }),
      (error) => ({ rejected: error.claim ?? error.code ?? error.message }),
    );
    console.log(JSON.stringify(outcome));`;
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-'], module);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as { number?: string; rejected?: string };
}

/** The genuine proof with some of its claims replaced, signed anew. */
async function forged(claims: JWTPayload, signingKey: KeyObject = key, header: object = {}): Promise<string> {
  const payload = { ...decodeJwt(genuine), ...claims };
  const { kid = '' } = decodeProtectedHeader(genuine);
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'ES256', kid, typ: 'phone-proof+jwt', ...header })
    .sign(signingKey);
}

test('a genuine proof gives the number to the back end that knows the user', async () => {
  expect(await verify(genuine, alice)).toEqual({ number: '+8613548535449' });
});

test('the table of claims has those of a genuine proof', () => {
  const [[, ...rows] = []] = proofs.tables();
  expect(rows.flatMap(([claim = '']) => codeIn(claim)).toSorted()).toEqual(Object.keys(decodeJwt(genuine)).toSorted());
});

test('a proof that is signed again with nothing replaced is genuine too', async () => {
  expect(await verify(await forged({}), alice)).toEqual({ number: '+8613548535449' });
});

test.each([
  { what: 'of another Mini Program', proof: () => forged({ aud: 'wx4f4bc4dec97d474b' }), rejected: 'aud' },
  { what: 'of another issuer', proof: () => forged({ iss: 'https://evil.example' }), rejected: 'iss' },
  {
    what: 'that has expired',
    proof: () => forged({ exp: Math.floor(Date.now() / 1000) - 1 }),
    rejected: 'exp',
  },
  { what: 'that is another kind of token', proof: () => forged({}, key, { typ: 'JWT' }), rejected: 'typ' },
  {
    what: 'signed with another key',
    proof: () => forged({}, generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey),
    rejected: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  },
])('a proof $what is rejected', async ({ proof, rejected }) => {
  expect(await verify(await proof(), alice)).toEqual({ rejected });
});

test('the proof of another user is rejected, and so is any proof where the back end knows no user', async () => {
  const rejected = 'This is the proof of another user.';
  expect(await verify(genuine, 'bob')).toEqual({ rejected });
  expect(await verify(genuine, undefined)).toEqual({ rejected });
});
