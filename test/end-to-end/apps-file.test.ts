import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppId, AppWithSecret } from '../../src/domain/app.js';
import { Secret } from '../../src/domain/secret.js';
import { GET_USER_PHONE_NUMBER, STABLE_TOKEN } from '../../src/simulator/weixin-routes.js';
import { BackEnd, DOOR } from '../harness/back-end.js';
import { GatewayClient } from '../harness/gateway-client.js';
import { type RunningGateway, runGatewayOfApps } from '../harness/running-gateway.js';
import { type TemporaryFile, temporaryFile } from '../harness/temporary-file.js';
import { until } from '../harness/until.js';

const appOf = (digit: string): AppWithSecret => ({
  appId: `wx000000000000000${digit}` as AppId,
  secret: new Secret(`secret-${digit}`),
});
const first = appOf('1');
const second = appOf('2');
const json = (...apps: readonly AppWithSecret[]) =>
  JSON.stringify(apps.map(({ appId, secret }) => ({ appId, secret: secret.reveal() })));
const withSecret = ({ appId }: AppWithSecret, secret: string) => ({ appId, secret: new Secret(secret) });

let running: RunningGateway;
let file: TemporaryFile;

async function start(content: string, env: Record<string, string> = {}): Promise<void> {
  file = temporaryFile('apps.json', content);
  running = await runGatewayOfApps([first, second], { WEIXIN_APPS: '', WEIXIN_APPS_FILE: file.path, ...env });
}
afterEach(async () => {
  await running.gateway.stop();
  file.remove();
});

const logged = (text: string) => running.logLines.filter((line) => line.includes(text)).length;
/** The file as it is has been taken in, or refused. */
async function takenIn(content: string): Promise<void> {
  file.write(content);
  await running.gateway.rereadApps();
}
const login = ({ appId }: AppWithSecret, user = 'alice') =>
  running.client().login({ code: running.simulator.world.login(appId, user), appId });
async function loggedIn(app: AppWithSecret): Promise<GatewayClient> {
  const answer = await login(app);
  if (answer.__typename !== 'LoginSuccess') throw new Error(answer.__typename);
  return new GatewayClient(running.gateway.url, answer.token);
}

describe('the file is taken in without being asked', () => {
  test('when it is rewritten', async () => {
    await start(json(first));
    file.write(json(first, second));
    await until(
      () => logged('WEIXIN_APPS_FILE was read anew: apps added 1, removed 0, with a new secret 0'),
      (lines) => lines === 1,
    );
    expect(await login(second)).toMatchObject({ __typename: 'LoginSuccess' });
  });

  test('when it is replaced behind a symbolic link, as Kubernetes does', async () => {
    file = temporaryFile('unused', '');
    const version = (name: string, content: string) => {
      mkdirSync(join(file.folder, name));
      writeFileSync(join(file.folder, name, 'apps.json'), content);
    };
    version('..1', json(first));
    symlinkSync('..1', join(file.folder, '..data'));
    symlinkSync(join('..data', 'apps.json'), join(file.folder, 'apps.json'));
    const path = join(file.folder, 'apps.json');
    running = await runGatewayOfApps([first, second], { WEIXIN_APPS: '', WEIXIN_APPS_FILE: path });
    version('..2', json(first, second));
    symlinkSync('..2', join(file.folder, '..data_tmp'));
    renameSync(join(file.folder, '..data_tmp'), join(file.folder, '..data'));
    rmSync(join(file.folder, '..1'), { recursive: true });
    await until(
      () => logged('WEIXIN_APPS_FILE was read anew'),
      (lines) => lines === 1,
    );
    expect(await login(second)).toMatchObject({ __typename: 'LoginSuccess' });
  });
});

test('a new app works at once, and needs to be named by then', async () => {
  await start(json(first));
  await expect(login(second)).rejects.toThrow('BAD_USER_INPUT');
  await takenIn(json(first, second));
  expect(await login(second)).toMatchObject({ __typename: 'LoginSuccess' });
  const code = running.simulator.world.login(first.appId, 'bob');
  await expect(running.client().login({ code })).rejects.toThrow('BAD_USER_INPUT');
});

test('a removed app is an unknown one: its logins and its tokens get the same bytes', async () => {
  await start(json(first, second));
  const alice = await loggedIn(second);
  const other = await loggedIn(first);
  await takenIn(json(first));
  const session = { query: '{session{__typename ...on InvalidSessionError{code message remedy}}}' };
  const ended = await alice.post(session);
  expect(ended.text).toContain('NOT_LOGGED_IN');
  expect(ended.text).toBe((await new GatewayClient(running.gateway.url, 'x'.repeat(43)).post(session)).text);
  const asLogin = (appId: string) => ({
    query: 'mutation($i:LoginInput!){login(input:$i){__typename}}',
    variables: { i: { code: 'a', appId } },
  });
  const unknown = await running.client().post(asLogin('wx00000000000000ff'));
  expect((await running.client().post(asLogin(second.appId))).text).toBe(unknown.text);
  const { encryptedData, iv } = running.simulator.world.tap(second.appId, 'alice');
  expect(await alice.decryptPhone({ encryptedData, iv })).toMatchObject({ code: 'NOT_LOGGED_IN' });
  expect(await other.session()).toMatchObject({ __typename: 'Session' });
});

test('an app that comes back has none of its sessions of before, and new ones work', async () => {
  await start(json(first, second));
  const alice = await loggedIn(second);
  await takenIn(json(first));
  await takenIn(json(first, second));
  expect(await alice.session()).toMatchObject({ code: 'NOT_LOGGED_IN' });
  running.clock.advanceSeconds(1);
  expect(await (await loggedIn(second)).session()).toMatchObject({ __typename: 'Session' });
});

test('back ends get no signature for a user of a removed app, and its tokens are not active', async () => {
  await start(json(first, second), DOOR);
  const alice = await loggedIn(second);
  const session = await alice.session();
  const openId = session.__typename === 'Session' ? session.openId : '';
  const backEnd = new BackEnd(running.gateway.backendUrl);
  const sign = () => backEnd.sign({ appId: second.appId, openId, data: 'x' });
  expect(await sign()).toMatchObject({ status: 200 });
  await takenIn(json(first));
  expect(await sign()).toMatchObject({ status: 404 });
  expect((await backEnd.introspect(alice.token ?? '')).body).toEqual({ active: false });
});

test('a changed secret is used for the next login and the next access token', async () => {
  await start(json(withSecret(first, 'old-secret')));
  await expect(login(first)).rejects.toThrow('INTERNAL_SERVER_ERROR');
  await takenIn(json(first));
  const alice = await loggedIn(first);
  expect(logged('with a new secret 1')).toBe(1);
  const exchange = () => alice.exchangePhoneCode(running.simulator.world.tap(first.appId, 'alice').code);
  expect(await exchange()).toMatchObject({ __typename: 'PhoneNumber' });
  expect(running.simulator.faults.calls(STABLE_TOKEN)).toBe(1);
  await takenIn(json(withSecret(first, 'wrong-secret')));
  await expect(exchange()).rejects.toThrow('INTERNAL_SERVER_ERROR');
  await takenIn(json(first));
  expect(await exchange()).toMatchObject({ __typename: 'PhoneNumber' });
  expect(running.simulator.faults.calls(GET_USER_PHONE_NUMBER)).toBe(2);
});

test.each<[string, string, string]>([
  ['that is not JSON', '[{"appId": "wx0000000000000001", "secret": "hush', 'Its content does not fit.'],
  ['without an app', '[]', 'Its content does not fit.'],
  [
    'with faults',
    JSON.stringify([{ appId: 'hush-1', secret: 'hush 2' }, { appId: second.appId }]),
    'WEIXIN_APPS_FILE, entry 1: the appid must be wx and 16 hexadecimal digits. ' +
      'WEIXIN_APPS_FILE, entry 1: the secret is missing or malformed. ' +
      'WEIXIN_APPS_FILE, entry 2: the secret is missing or malformed.',
  ],
])('a file %s changes nothing, and is one error line with its faults and no secret', async (_, content, faults) => {
  await start(json(first, second));
  const alice = await loggedIn(second);
  await takenIn(content);
  const errors = running.logLines.filter((line) => line.includes('"level":50'));
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain(faults);
  expect(errors[0]).not.toContain('hush');
  expect(await alice.session()).toMatchObject({ __typename: 'Session' });
  expect(await login(second)).toMatchObject({ __typename: 'LoginSuccess' });
});

test('a file that is gone changes nothing', async () => {
  await start(json(first));
  file.remove();
  await running.gateway.rereadApps();
  expect(logged('There is no such file.')).toBe(1);
  file = temporaryFile('apps.json', '');
  expect(await login(first)).toMatchObject({ __typename: 'LoginSuccess' });
});

test('the line of a bad file has a bound', async () => {
  await start(json(first));
  await takenIn(JSON.stringify(Array.from({ length: 5_000 }, () => ({ appId: 'none', secret: 'a' }))));
  const [line = ''] = running.logLines.filter((text) => text.includes('"level":50'));
  expect(line.length).toBeLessThan(3_000);
  expect(line).toMatch(/And \d+ more\./);
});
