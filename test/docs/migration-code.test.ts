import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { createGatewayClient } from '../../src/client/index.js';
import { page } from '../harness/documents.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';
import { WxStandIn } from '../harness/wx-stand-in.js';

/*
 * The code of docs/migration.md and docs/your-back-end.md, run as it stands: the Mini Program with a stand-in for `wx`, and the server in a process
 * of its own, against a running gateway.
 */

interface MiniProgram {
  start(): Promise<{ readonly __typename: string }>;
  phoneNumber(event: object): Promise<{ readonly e164?: string; readonly code?: string }>;
}

const NUMBER = '+8613548535449';
const migration = page('docs/migration.md');
const [miniProgram = '', routes = ''] = migration.blocks('js');
const backEnd = page('docs/your-back-end.md');
const [openIdOf = ''] = backEnd.section('Without the door').blocks('js');
const [provenPhoneNumber = ''] = backEnd.section('Phone proofs').blocks('js');

/** A session of the server's own is the openid with a mark. */
const MAIN = `
  const sessions = new Map();
  const startSession = async (openId) => (sessions.set('own ' + openId, openId), 'own ' + openId);
  const openIdOfSession = async (header) => sessions.get((header ?? '').replace('Bearer ', ''));
  const server = express().use(routes({ startSession, openIdOfSession })).listen(0, '127.0.0.1', () => {
    console.log('http://127.0.0.1:' + server.address().port);
  });`;

let running: RunningGateway;
let server: Server;

beforeAll(async () => {
  running = await runGateway({ PROOF_ISSUER: 'http://localhost:4000' });
  // The server reads the machine's clock.
  running.clock.advance(Date.now() - running.clock.now());
  server = await startServer(running.app.appId);
});
afterAll(async () => {
  await server.stop();
  await running.gateway.stop();
});

interface Server {
  readonly url: string;
  stop(): Promise<unknown>;
}

/** The server of the page, for this Mini Program. */
async function startServer(appId: string): Promise<Server> {
  const child = spawn(process.execPath, ['--input-type=module', '-'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const script = [provenPhoneNumber, openIdOf, routes, MAIN].join('\n');
  child.stdin.end(
    script.replaceAll('http://127.0.0.1:4000', running.gateway.url).replaceAll('wxde00000000000000', appId),
  );
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  const exited = once(child, 'exit');
  return { url, stop: () => (child.kill(), exited) };
}

/** The page's code on this user's phone. */
function startMiniProgram(wx: WxStandIn): MiniProgram {
  const source = miniProgram
    .replaceAll('http://127.0.0.1:4000', running.gateway.url)
    .replaceAll('http://127.0.0.1:3000', server.url);
  const module = { exports: {} };
  const packages: Record<string, unknown> = { 'weixin-phone-gateway-client': { createGatewayClient } };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- it is the example
  new Function('wx', 'module', 'require', source)(wx, module, (name: string) => packages[name]);
  return module.exports as MiniProgram;
}

async function post(path: string, body: object, session?: string, to = server): Promise<number> {
  const response = await fetch(to.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(session && { authorization: `Bearer ${session}` }) },
    body: JSON.stringify(body),
  });
  await response.text();
  return response.status;
}

/** Who this user is to the gateway, with a proof of their number. */
async function user(name: string): Promise<{ token: string; openId: string; proof: string }> {
  const client = await running.loggedIn(name);
  const session = await client.session();
  if (session.__typename !== 'Session') throw new Error(session.code);
  const proof = await client.proof(running.simulator.world.tap(running.app.appId, name));
  return { token: client.token ?? '', openId: session.openId, proof: proof ?? '' };
}

test('a start and a tap: the server learns who the user is, and the number', async () => {
  const wx = new WxStandIn(running);
  const app = startMiniProgram(wx);
  expect(await app.start()).toMatchObject({ __typename: 'LoginSuccess' });
  expect(await app.phoneNumber(await wx.tap())).toEqual({ e164: NUMBER });
});

test('a login elsewhere between the tap and the request does no harm', async () => {
  const wx = new WxStandIn(running);
  const app = startMiniProgram(wx);
  await app.start();
  const { detail } = await wx.tap();
  await running.loggedIn('alice');
  const { encryptedData, iv } = detail;
  expect(await app.phoneNumber({ detail: { encryptedData, iv } })).toEqual({ e164: NUMBER });
});

test('a rejected code reaches the page as an answer, and not the server', async () => {
  const wx = new WxStandIn(running);
  const app = startMiniProgram(wx);
  await app.start();
  expect(await app.phoneNumber({ detail: { code: 'nobody knows it' } })).toMatchObject({ code: 'CODE_INVALID' });
});

test('a token that the gateway does not know opens no session', async () => {
  expect(await post('/login', { token: 'made-up' })).toBe(401);
  expect(await post('/login', { token: 'made\r\nup: 1' })).toBe(401);
  expect(await post('/login', {})).toBe(401);
});

test('a token of another Mini Program’s user opens no session', async () => {
  const { token } = await user('alice');
  expect(await post('/login', { token })).toBe(200);
  const others = await startServer('wx4f4bc4dec97d474b');
  const status = await post('/login', { token }, undefined, others);
  await others.stop();
  expect(status).toBe(401);
});

test('every block is run here, or marked as an excerpt of other code', () => {
  const languages = migration.fences().map((block) => /^```(.*)$/m.exec(block)?.[1]);
  expect(languages.filter((language) => !language?.endsWith(' excerpt'))).toEqual(['js', 'js']);
});

test('a proof counts for the session of its user only', async () => {
  const alice = await user('alice');
  const bob = await user('bob');
  expect(await post('/login', { token: alice.token })).toBe(200);
  expect(await post('/phone', { proof: alice.proof }, `own ${alice.openId}`)).toBe(200);
  expect(await post('/phone', { proof: bob.proof }, `own ${alice.openId}`)).toBe(403);
  expect(await post('/phone', { proof: 'made.up.proof' }, `own ${alice.openId}`)).toBe(403);
  expect(await post('/phone', { proof: alice.proof })).toBe(401);
});
