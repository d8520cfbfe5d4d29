import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import {
  CheckSessionDocument,
  DecryptPhoneDocument,
  DecryptPhoneWithProofDocument,
  ExchangePhoneCodeDocument,
  LoginDocument,
  LogoutDocument,
  ResolveCloudPhoneDocument,
  SessionDocument,
  type TypedDocumentString,
} from '../src/client/generated/graphql.js';
import { PACKAGE_ROOT } from './package-root.js';

/*
 * Starts the gateway as a process of its own, with the simulator in Weixin's place, and plays a user through it over
 * HTTP. Each scene states the expected answers; any other answer ends the demo with status 1.
 */

/** Members of `e.detail` of the button's event. */
interface Tap {
  readonly encryptedData: string;
  readonly iv: string;
  readonly code: string;
  readonly cloudID: string;
}

/** Expected union member and code of an answer. */
interface Expected {
  readonly member: string;
  readonly code?: string;
}

const IDLE_SECONDS = 2;

const { child, gateway, simulator } = await start();
try {
  await play();
} finally {
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function play(): Promise<void> {
  scene('A user logs in and taps the button');
  const first = await login(await wxLogin());
  await decrypt(await tap(), first, { member: 'PhoneNumber' });
  show(await call(SessionDocument, {}, first), { member: 'Session' });

  scene('The race: wx.login replaces the key between the tap and the request');
  const data = await tap();
  const second = await login(await wxLogin());
  await decrypt(data, second, { member: 'PhoneNumber' });
  say('the old token works as well:');
  await decrypt(data, first, { member: 'PhoneNumber' });

  scene('The other two ways to the number: the code of the tap, and its cloudID');
  const detail = await tap();
  const exchange = { input: { code: detail.code } };
  show(await call(ExchangePhoneCodeDocument, exchange, second), { member: 'PhoneNumber' });
  say('the same user may repeat it; another one gets nothing:');
  show(await call(ExchangePhoneCodeDocument, exchange, first), { member: 'PhoneNumber' });
  const stranger = await login(await wxLogin('mallory'));
  const used = { member: 'InvalidCodeError', code: 'CODE_ALREADY_USED' };
  show(await call(ExchangePhoneCodeDocument, exchange, stranger), used);
  const resolve = { input: { cloudId: detail.cloudID } };
  show(await call(ResolveCloudPhoneDocument, resolve, second), { member: 'PhoneNumber' });

  scene('A proof that another back end can verify against /.well-known/jwks.json');
  const { encryptedData, iv } = detail;
  show(await call(DecryptPhoneWithProofDocument, { input: { encryptedData, iv } }, second), { member: 'PhoneNumber' });

  scene('Is the newest session key still the one at Weixin?');
  show(await call(CheckSessionDocument, {}, second), { member: 'SessionCheck' });

  scene("Another app's watermark");
  const foreign = await tap({ watermark: { appid: 'wx4f4bc4dec97d474b' } });
  await decrypt(foreign, second, { member: 'InvalidWatermarkError', code: 'APP_ID_MISMATCH' });

  scene('A forged document: one bit of the iv flipped');
  const flipped = Buffer.from(data.iv, 'base64');
  flipped.writeUInt8(flipped.readUInt8(0) ^ 1);
  const forged = { ...data, iv: flipped.toString('base64') };
  await decrypt(forged, second, { member: 'InvalidSessionError', code: 'KEY_MISMATCH' });

  scene('An expired session: the same data, once more after a login');
  const late = await tap();
  await new Promise((resolve) => setTimeout(resolve, IDLE_SECONDS * 1000 + 100));
  await decrypt(late, second, { member: 'InvalidSessionError', code: 'NOT_LOGGED_IN' });
  const third = await login(await wxLogin());
  await decrypt(late, third, { member: 'PhoneNumber' });

  scene('Logout');
  show(await call(LogoutDocument, { input: { everywhere: true } }, third), { member: 'LogoutSuccess' });
  show(await call(SessionDocument, {}, third), { member: 'InvalidSessionError', code: 'NOT_LOGGED_IN' });
  say('\nEvery answer was the expected one.');
}

async function login(code: string): Promise<string> {
  const answer = await call(LoginDocument, { input: { code } });
  show(answer, { member: 'LoginSuccess' });
  return (answer as { login: { token: string } }).login.token;
}

async function decrypt({ encryptedData, iv }: Tap, token: string, expected: Expected): Promise<void> {
  show(await call(DecryptPhoneDocument, { input: { encryptedData, iv } }, token), expected);
}

async function wxLogin(user = 'alice'): Promise<string> {
  return (await post<{ code: string }>(`${simulator}/phone/login`, { user })).code;
}

function tap(document: object = {}): Promise<Tap> {
  return post<Tap>(`${simulator}/phone/tap`, { document });
}

/** Runs one of the shipped operations. */
async function call<T, V>(document: TypedDocumentString<T, V>, variables: V, token?: string): Promise<T> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await post<{ data: T }>(
    `${gateway}/graphql`,
    { query: document.toString(), variables },
    authorization,
  );
  return answer.data;
}

async function post<T>(url: string, body: object, headers: Record<string, string> = {}): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return (await response.json()) as T;
}

/**
 * Prints an answer.
 *
 * @throws Error if it is not the expected one, which ends the demo
 */
function show(data: object, expected: Expected): void {
  const [operation, answer] = (Object.entries(data) as [string, { __typename: string; code?: string }][])[0] ?? [];
  say(`${operation ?? ''} → ${JSON.stringify(answer, null, 2)}`);
  if (answer?.__typename !== expected.member || (expected.code !== undefined && answer.code !== expected.code)) {
    throw new Error(`Expected ${expected.member} ${expected.code ?? ''}`);
  }
}

function scene(title: string): void {
  say(`\n── ${title}\n`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Starts the gateway on free ports, and reads the URLs of the gateway and the simulator from its log. */
async function start(): Promise<{ child: ChildProcess; gateway: string; simulator: string }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('dist/main.js', PACKAGE_ROOT))], {
    env: { PORT: '0', SESSION_IDLE_SECONDS: String(IDLE_SECONDS), DRAIN_SECONDS: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const urls: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const { url } = JSON.parse(line) as { url?: string };
    if (url !== undefined) urls.push(url);
    if (urls.length === 2) break;
  }
  child.stdout.resume();
  const [gateway, simulator] = urls;
  if (gateway === undefined || simulator === undefined) throw new Error('The gateway did not start.');
  say(`gateway   ${gateway}\nsimulator ${simulator}   (this is not Weixin)`);
  return { child, gateway, simulator };
}
