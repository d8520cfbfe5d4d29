import { decodeJwt, decodeProtectedHeader, type JWTPayload, SignJWT } from 'jose';
import { BackEnd, DOOR, SECRET } from '../harness/back-end.js';
import { run } from '../harness/child-process.js';
import { codeIn, page } from '../harness/documents.js';
import { type KeyKind, type Proofs, privateKey, proofsUnder } from '../harness/gateway-with-key.js';
import { describeWithPyJwt, PYTHON } from '../harness/python.js';

/*
 * The back ends of docs/your-back-end.md, run as they stand, each in a process of its own against a running gateway. Each
 * rejected proof is signed with the gateway's own key and differs from a genuine one in one thing.
 */

const text = page('docs/your-back-end.md');
const proofs = text.section('Session proofs');
const [node = ''] = proofs.blocks('js');
const [python = ''] = proofs.blocks('python');
const [introspection = ''] = text.section('Introspection').blocks('js');

const kinds: [kind: KeyKind, algorithm: string][] = [
  ['P-256', 'ES256'],
  ['RSA', 'RS256'],
];

describe.each(kinds)('with a key of %s', (kind, algorithm) => {
  const key = privateKey(kind);
  let gateway: Proofs;
  beforeAll(async () => {
    gateway = await proofsUnder(key);
  });
  afterAll(() => gateway.stop());

  const here = (block: string) =>
    block.replaceAll('http://127.0.0.1:4000', gateway.running.gateway.url).replaceAll('ES256', algorithm);

  /** What the block makes of a proof: the openid, or `rejected`. */
  async function ask(program: string, args: readonly string[], script: string): Promise<string> {
    const { status, stdout, stderr } = await run(program, args, script);
    if (status !== 0) throw new Error(stderr);
    return stdout.trim();
  }
  const byNode = (proof: string) =>
    ask(
      process.execPath,
      ['--input-type=module', '-'],
      `${here(node)}
console.log(await userOf(${JSON.stringify(`Bearer ${proof}`)}).catch(() => 'rejected'));`,
    );
  const byPython = (proof: string) =>
    ask(
      PYTHON,
      ['-'],
      `${here(python)}
try:
    print(user_of(${JSON.stringify(proof)}))
except jwt.PyJWTError:
    print("rejected")
`,
    );

  async function forged(claims: JWTPayload, header: object = {}, signingKey = key): Promise<string> {
    const { kid = '' } = decodeProtectedHeader(gateway.session);
    return new SignJWT({ ...decodeJwt(gateway.session), ...claims })
      .setProtectedHeader({ alg: algorithm, kid, typ: 'JWT', ...header })
      .sign(signingKey);
  }

  describe('Node', () => {
    describeVerifier(byNode);
  });
  describeWithPyJwt('Python', () => {
    describeVerifier(byPython);
  });

  function describeVerifier(verify: (proof: string) => Promise<string>): void {
    test('knows the user of a genuine proof, also if it is signed again', async () => {
      expect(await verify(gateway.session)).toBe(gateway.openId);
      expect(await verify(await forged({}))).toBe(gateway.openId);
    });

    test.each([
      ['a phone proof', () => gateway.phone],
      ['a session proof that says it is a phone proof', () => forged({}, { typ: 'phone-proof+jwt' })],
      ['a proof without a session', () => forged({ sid: undefined })],
      ['a proof of another app', () => forged({ aud: 'wx4f4bc4dec97d474b' })],
      ['a proof of another issuer', () => forged({ iss: 'https://evil.example' })],
      ['a proof that has ended', () => forged({ exp: Math.floor(Date.now() / 1000) - 1 })],
      ['a proof signed with another key', () => forged({}, {}, privateKey(kind))],
      ['a session token', async () => (await gateway.running.loggedIn('bob')).token ?? ''],
    ])('rejects %s', async (_, proof) => {
      expect(await verify(await proof())).toBe('rejected');
    });
  }
});

test('the table of claims has those of a genuine proof', async () => {
  const gateway = await proofsUnder(privateKey('P-256'));
  const [[, ...rows] = []] = proofs.tables();
  expect(rows.flatMap(([claim = '']) => codeIn(claim)).toSorted()).toEqual(
    Object.keys(decodeJwt(gateway.session)).toSorted(),
  );
  await gateway.stop();
});

test('introspection knows the user of a token until the sessions are ended', async () => {
  const gateway = await proofsUnder(privateKey('P-256'), DOOR);
  const { running, openId } = gateway;
  const door = running.gateway.backendUrl ?? '';
  const appId = running.app.appId;
  const { token = '' } = await running.loggedIn('alice');
  const ask = async (expected: string) => {
    const script = `${introspection.replaceAll('http://127.0.0.1:4002', door)}
console.log(await activeUser(${JSON.stringify(token)}));`;
    const env = { ...process.env, GATEWAY_SECRET: SECRET };
    const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-'], script, { env });
    expect([stdout.trim(), stderr]).toEqual([expected, '']);
  };
  expect(introspection).toContain(appId);
  await ask(openId);
  await new BackEnd(door).endSessions({ appId, openId });
  await ask('undefined');
  await gateway.stop();
});
