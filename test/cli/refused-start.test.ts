import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { GatewayProcess } from '../harness/gateway-process.js';

/** Milliseconds: starting processes takes long where the machine is busy. */
jest.setTimeout(30_000);

const started: GatewayProcess[] = [];
afterEach(() => Promise.all(started.splice(0).map((gateway) => gateway.kill())));

/** The message of a process that does not start; it logs nothing and ends with status 1. */
async function refusedStart(env: Record<string, string>, within?: number): Promise<string> {
  const gateway = new GatewayProcess(env);
  started.push(gateway);
  expect(await gateway.exit(within)).toBe(1);
  expect(gateway.lines).toEqual([]);
  expect(gateway.errorText).not.toMatch(/^ +at /m);
  return gateway.errorText;
}

describe('a port that is taken', () => {
  const other = createServer();
  let port: string;

  beforeAll(async () => {
    await once(other.listen(0, '127.0.0.1'), 'listening');
    port = String((other.address() as AddressInfo).port);
  });
  afterAll(() => other.close());

  test('ends the start with a message that names it', async () => {
    const WEIXIN_APPS = 'wxde00000000000001:the-secret';
    expect(await refusedStart({ PORT: port, WEIXIN_APPS })).toBe(
      `weixin-phone-gateway cannot start. Port ${port} of 127.0.0.1 is taken: set PORT to another one, or to 0 for a free one.\n`,
    );
  });

  test('ends the start as well where there is a simulator', async () => {
    expect(await refusedStart({ PORT: port }, 10_000)).toContain(`Port ${port} of 127.0.0.1 is taken: set PORT`);
  });

  test("ends the start as well where it is the simulator's", async () => {
    expect(await refusedStart({ PORT: '0', WEIXIN_SIMULATOR_PORT: port })).toContain('set WEIXIN_SIMULATOR_PORT to');
  });

  test('ends the start as well where it is that of the metrics', async () => {
    expect(await refusedStart({ PORT: '0', METRICS_PORT: port })).toContain('set METRICS_PORT to');
  });
});

test.each(['HOST', 'METRICS_HOST'])('a %s that is not this machine ends the start and is named', async (name) => {
  const env = { PORT: '0', METRICS_PORT: '0', WEIXIN_APPS: 'wxde00000000000001:the-secret' };
  // 192.0.2.0/24 belongs to nobody (RFC 5737), and .invalid has no names (RFC 2606).
  for (const host of ['192.0.2.1', 'gateway.invalid']) {
    const message = await refusedStart({ ...env, [name]: host });
    expect(message).toMatch(/^weixin-phone-gateway cannot start\. .+\n$/);
    expect(message).toContain(host);
    expect(message).toContain(`set ${name} to`);
  }
});

test.each([
  ['/nowhere/file', 'There is no such file.'],
  ['/etc', 'It is a folder.'],
  ['package.json', 'Its content does not fit.'],
])('a file that is of no use ends the start with the reason: %s', async (path, reason) => {
  const names = ['WEIXIN_APPS_FILE', 'PROOF_KEY_FILE', 'TRUSTED_DOCUMENTS'];
  const message = await refusedStart(Object.fromEntries(names.map((name) => [name, path])));
  for (const name of names)
    expect(message).toMatch(new RegExp(`^  - ${name} .*${reason.replaceAll('.', '\\.')}$`, 'm'));
  expect(message).not.toContain(path);
});

test('several bad variables end the start with one message that names them all and shows no value', async () => {
  const values = {
    PORT: '70000',
    LOG_LEVEL: 'verbose-please',
    WEIXIN_APPS: 'wxde00000000000001:a secret with spaces,not-an-appid:other-secret',
    WEIXIN_API_URL: 'https://user:password@weixin.example/path',
    SESSION_MAX: '-5',
    SESSION_IDLE_SECONDS: 'two-hours',
    LOGIN_REPLAY_SECONDS: '301',
    WATERMARK_MAX_AGE_SECONDS: '1e3',
    DECRYPT_FAILURE_LIMIT: '0x10',
    CORS_ORIGINS: 'https://example.com/with/a/path',
    TRUST_PROXY: 'everyone',
    REDIS_URL: 'https://:redis-password@localhost',
    STORE_KEYS: 'k1:c2VjcmV0',
  };
  const message = await refusedStart({ NODE_ENV: 'production', ...values });
  expect(message.startsWith('weixin-phone-gateway cannot start. The configuration is not usable:\n  - ')).toBe(true);
  for (const [name, value] of Object.entries(values)) {
    expect(message).toContain(`\n  - ${name}`);
    expect(message).not.toContain(value);
  }
  expect(message).not.toMatch(/a secret|other-secret|not-an-appid|password|c2VjcmV0|verbose/);
});

test('in production there is no start without Mini Programs, and none with the simulator', async () => {
  expect(await refusedStart({ NODE_ENV: 'production' })).toContain('WEIXIN_APPS or WEIXIN_APPS_FILE is needed');
  expect(await refusedStart({ NODE_ENV: 'production', WEIXIN_SIMULATOR: 'on' })).toContain(
    'WEIXIN_SIMULATOR must not be on in production',
  );
});

test('a file of Mini Programs that is not there ends the start, and its path is not shown', async () => {
  const message = await refusedStart({ WEIXIN_APPS_FILE: '/nowhere/secret-of-the-house.json' });
  expect(message).toContain('\n  - WEIXIN_APPS_FILE');
  expect(message).not.toContain('secret-of-the-house');
});
