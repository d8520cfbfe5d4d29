import type { AppId } from '../../src/domain/app.js';
import { Secret } from '../../src/domain/secret.js';
import type { Fault } from '../../src/simulator/fault-script.js';
import { type RunningGateway, runGateway, runGatewayOfApps } from '../harness/running-gateway.js';
import { GatewayClient } from '../harness/gateway-client.js';
import { startOtlpReceiver } from '../harness/otlp-receiver.js';

let running: RunningGateway;
afterEach(() => running.gateway.stop());

const CODE_2_SESSION = '/sns/jscode2session';

/** Everything that was secret in the life of a gateway, gathered as it comes up. */
class Secrets {
  readonly #values = new Map<string, string>();

  /** Remembers the value, and gives it back. */
  add(name: string, value: string): string {
    this.#values.set(`${name} ${this.#values.size}`, value);
    return value;
  }

  /** The names of those that are in the text, as they are or encoded for a URL. */
  in(text: string): string[] {
    const told = [...this.#values].filter(
      ([, value]) => text.includes(value) || text.includes(encodeURIComponent(value)),
    );
    return told.map(([name]) => name);
  }

  get size(): number {
    return this.#values.size;
  }
}

/** Logs the user in with a new code and remembers what is secret about it; undefined where the login fails. */
async function login(on: RunningGateway, secrets: Secrets, user: string): Promise<GatewayClient | undefined> {
  const { simulator, app } = on;
  const code = secrets.add('code', simulator.world.login(app.appId, user));
  secrets.add('session key', simulator.world.sessionKey(app.appId, user));
  const { body } = await on.client().post<{ login: { token?: string } }>({
    query: `mutation{login(input:{code:${JSON.stringify(code)}}){...on LoginSuccess{token}}}`,
  });
  const token = body.data?.login.token;
  return token === undefined ? undefined : new GatewayClient(on.gateway.url, secrets.add('token', token));
}

const faults: readonly Fault[] = [
  ...[-1, 40013, 40029, 40125, 40163, 40164, 40226, 40243, 41002, 45009, 45011, 99_999].map((errcode) => ({ errcode })),
  ...[302, 404, 500, 503].map((status) => ({ status })),
  { close: true },
  { body: 'not JSON' },
  { body: '{"openid":"o-1","session_key":"dGVsbHMtdG9vLW11Y2gh' },
  { body: '{"openid":"o-1","session_key":"dGVsbHMtdG9vLW11Y2g"}' },
  { body: `{"filler":"${'dGVsbHMtdG9vLW11Y2gh'.repeat(1000)}"}` },
  { silence: true },
];

test('logins, taps and failures of every kind leave nothing secret in the log and in spans', async () => {
  const collector = await startOtlpReceiver();
  running = await runGateway({
    WEIXIN_TIMEOUT_MS: '300',
    DECRYPT_FAILURE_LIMIT: '3',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.origin,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  });
  const { simulator, app, clock, logLines } = running;
  const secrets = new Secrets();
  secrets.add('app secret', app.secret.reveal());
  secrets.add('session key in a malformed answer', 'dGVsbHMtdG9vLW11Y2');

  for (const fault of faults) {
    simulator.faults.add(CODE_2_SESSION, 'errcode' in fault && fault.errcode === -1 ? [fault, fault] : [fault]);
    expect(await login(running, secrets, 'alice')).toBeUndefined();
  }

  const client = await login(running, secrets, 'alice');
  if (client === undefined) throw new Error('The login failed.');
  const number = secrets.add('phone number', '13580001234');
  const tap = simulator.world.tap(app.appId, 'alice', { purePhoneNumber: number });
  expect(await client.decryptPhone(tap)).toMatchObject({ __typename: 'PhoneNumber', purePhoneNumber: number });

  const seconds = Math.floor(clock.now() / 1000);
  const watermarks = [{ timestamp: seconds - 9999 }, { timestamp: seconds + 9999 }, { appid: 'wxffffffffffffffff' }];
  for (const watermark of watermarks) {
    const { encryptedData, iv } = simulator.world.tap(app.appId, 'alice', { purePhoneNumber: number, watermark });
    secrets.add('encryptedData', encryptedData);
    expect((await client.decryptPhone({ encryptedData, iv })).__typename).toBe('InvalidWatermarkError');
  }
  const others = simulator.world.tap(app.appId, 'mallory', { purePhoneNumber: number });
  secrets.add('session key', simulator.world.sessionKey(app.appId, 'mallory'));
  const answers: string[] = [];
  for (let i = 0; i < 4; i++) answers.push((await client.decryptPhone(others)).__typename);
  expect(answers).toEqual([...Array<string>(3).fill('InvalidSessionError'), 'RateLimitedError']);

  await client.post({ query: `mutation{login(input:{code:${secrets.add('code', '"misplaced-secret-code"')}` });
  await client.post(
    { query: '{session{__typename}}' },
    { authorization: `Bearer ${secrets.add('token', 'no-such-token')}` },
  );
  await client.post(secrets.add('body', '{"code":"a-code-in-a-body-that-is-cut'));
  await client.logout({ everywhere: true });
  await running.gateway.stop();
  await collector.close();

  expect(secrets.size).toBeGreaterThan(50);
  expect(logLines.length).toBeGreaterThanOrEqual(12);
  expect(secrets.in(logLines.join(''))).toEqual([]);
  expect(collector.spans.length).toBeGreaterThan(80);
  expect(secrets.in(collector.bodies.join(''))).toEqual([]);
});

test('a gateway whose secret Weixin does not take logs which app it is, and not the secret', async () => {
  const right = { appId: 'wx1111111111111111' as AppId, secret: new Secret('the-right-secret') };
  running = await runGatewayOfApps([right], { WEIXIN_APPS: `${right.appId}:the-wrong-secret` });
  const secrets = new Secrets();
  secrets.add('app secret', 'the-wrong-secret');
  expect(await login(running, secrets, 'alice')).toBeUndefined();
  expect(running.logLines.join('')).toContain('"errcode":40125');
  expect(running.logLines.join('')).toContain(right.appId);
  expect(secrets.in(running.logLines.join(''))).toEqual([]);
});
