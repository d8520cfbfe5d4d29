import type { AppId } from '../../src/domain/app.js';
import { systemClock } from '../../src/domain/clock.js';
import { Secret } from '../../src/domain/secret.js';
import { Simulator } from '../../src/simulator/simulator.js';
import { GatewayClient } from '../harness/gateway-client.js';
import { GatewayProcess } from '../harness/gateway-process.js';
import { RedisProcess } from '../harness/redis-process.js';
import { storeKey } from '../harness/fleet.js';
import { startScriptedServer } from '../harness/scripted-server.js';
import { temporaryFile } from '../harness/temporary-file.js';
import { until } from '../harness/until.js';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const apps = ['1', '2'].map((digit) => ({
  appId: `wx000000000000000${digit}` as AppId,
  secret: new Secret(`secret-${digit}`),
}));
const [first, second] = apps as [(typeof apps)[0], (typeof apps)[0]];
const json = (...some: typeof apps) =>
  JSON.stringify(some.map(({ appId, secret }) => ({ appId, secret: secret.reveal() })));

/** Two gateways over one Redis and one Weixin, with a file of the apps and a server of tokens. */
async function twoInstances(content: string) {
  const simulator = new Simulator({ apps, clock: systemClock, keyPeriod: 600_000 });
  const file = temporaryFile('apps.json', content);
  const tokens = await startScriptedServer((response, { url = '' }) => {
    response.end(JSON.stringify(simulator.world.tokens.current(url.slice(1))));
  });
  const redis = await RedisProcess.start();
  closing.push(
    () => simulator.close(),
    file.remove,
    () => tokens.close(),
    () => redis.stop(),
  );
  const env = {
    PORT: '0',
    DRAIN_SECONDS: '0',
    WEIXIN_API_URL: await simulator.listen(0),
    WEIXIN_APPS_FILE: file.path,
    WEIXIN_TOKEN_URL: `${tokens.origin}/{appid}`,
    REDIS_URL: redis.url,
    STORE_KEYS: storeKey('a'),
    OVERLOAD_DELAY_MS: '60000',
  };
  const gateways = [new GatewayProcess(env), new GatewayProcess(env)];
  closing.push(() => Promise.all(gateways.map((gateway) => gateway.kill())));
  const urls = await Promise.all(gateways.map(async (gateway) => String((await gateway.line('listening'))['url'])));
  const at = (i: number, token?: string) => new GatewayClient(urls[i] ?? '', token);
  return { simulator, file, tokens, gateways, at };
}

test('with Redis, every instance takes the apps in, also on SIGHUP, and a removed app’s sessions end on each', async () => {
  const { simulator, file, gateways, at } = await twoInstances(json(first));
  const login = (i: number) => {
    const code = simulator.world.login(second.appId, 'alice');
    return at(i).login({ code, appId: second.appId });
  };
  await expect(login(0)).rejects.toThrow('BAD_USER_INPUT');
  file.write(json(first, second));
  for (const gateway of gateways) gateway.signal('SIGHUP');
  const answers = await Promise.all(
    [0, 1].map(
      async (i) =>
        (
          await until(
            () => login(i).catch(() => undefined),
            (answer) => answer !== undefined,
          )
        ).value,
    ),
  );
  const tokens = answers.map((answer) => (answer?.__typename === 'LoginSuccess' ? answer.token : ''));
  // Each instance knows the session that the other one began.
  for (const i of [0, 1]) expect(await at(1 - i, tokens[i]).session()).toMatchObject({ __typename: 'Session' });

  file.write(json(first));
  for (const i of [0, 1]) {
    await until(
      () => at(i, tokens[0]).session(),
      (session) => session.__typename === 'InvalidSessionError',
    );
    expect(await at(i, tokens[1]).session()).toMatchObject({ code: 'NOT_LOGGED_IN' });
  }
  // A bad file changes nothing; the processes live on.
  file.write('{');
  for (const gateway of gateways) gateway.signal('SIGHUP');
  const refused = () => gateways.map(({ lines }) => lines.filter((line) => line.includes('changes nothing')).length);
  await until(refused, ([one = 0, other = 0]) => one > 0 && other > 0);
  const code = simulator.world.login(first.appId, 'bob');
  expect(await at(0).login({ code, appId: first.appId })).toMatchObject({ __typename: 'LoginSuccess' });
});

test('with Redis, a token of the token server serves both instances, and a rejected one is replaced on both', async () => {
  const { simulator, tokens, at } = await twoInstances(json(first));
  const login = await at(0).login({ code: simulator.world.login(first.appId, 'alice') });
  const token = login.__typename === 'LoginSuccess' ? login.token : '';
  const exchange = (i: number) => at(i, token).exchangePhoneCode(simulator.world.tap(first.appId, 'alice').code);
  for (const i of [0, 1]) expect(await exchange(i)).toMatchObject({ __typename: 'PhoneNumber' });
  expect(tokens.requests).toHaveLength(1);
  simulator.world.tokens.rejectAll();
  for (const i of [0, 1]) expect(await exchange(i)).toMatchObject({ __typename: 'PhoneNumber' });
  expect(tokens.requests).toHaveLength(2);
});
