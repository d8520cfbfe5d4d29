import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/config.js';
import { variables } from '../../src/config/variables.js';
import type { Secret } from '../../src/domain/secret.js';
import { balancerConfig, compose } from '../harness/deployment-files.js';
import { freePort } from '../harness/free-port.js';
import { describeWithRedis } from '../harness/redis-process.js';
import { until } from '../harness/until.js';
import { proofKeyPem } from '../harness/proof-key.js';

const { services, secrets } = compose;
const gateways = ['gateway-a', 'gateway-b'];
const environment = services['gateway-a']?.environment ?? {};

/** What an operator puts into the files and variables that compose.yaml asks for. */
const FILES: Readonly<Record<string, string>> = {
  '/run/secrets/weixin-apps': '[{"appId": "wx0123456789abcdef", "secret": "secret"}]',
  '/run/secrets/proof-key': proofKeyPem(),
};
const GIVEN: Readonly<Record<string, string>> = {
  PROOF_ISSUER: 'https://phone.example.com',
  STORE_KEYS: `2026-01:${randomBytes(32).toString('base64')}`,
  REDIS_PASSWORD: randomBytes(24).toString('hex'),
};

/** With `${NAME:?…}` replaced. */
const filledIn = Object.fromEntries(
  Object.entries(environment).map(([name, value]) => [
    name,
    value.replace(/\$\{(\w+):\?[^}]*\}/, (_all, given: string) => GIVEN[given] ?? ''),
  ]),
);

test('the gateways are alike, and their image has the version of package.json', () => {
  expect(services['gateway-b']).toEqual(services['gateway-a']);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(services['gateway-a']?.image).toBe(`weixin-phone-gateway:${version}`);
});

test('their variables are known to the gateway, and make a configuration for production that shares a Redis', () => {
  expect(variables.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(environment)));
  const config = loadConfig(filledIn, (path) => FILES[path] ?? '');
  expect(config).toMatchObject({
    production: true,
    redis: { servers: { kind: 'node', node: { host: 'redis', port: 6379 } } },
    trustProxy: 1,
  });
  expect((config.redis?.password as Secret).reveal()).toBe(GIVEN['REDIS_PASSWORD']);
  expect(config.proofKeys).toHaveLength(1);
});

test('each variable that an operator must give stops the start where it is missing', () => {
  const needed = JSON.stringify(environment).match(/\$\{\w+/g) ?? [];
  expect(needed).toHaveLength(Object.keys(GIVEN).length);
  for (const value of Object.values(environment)) expect(value).not.toMatch(/\$\{\w+(?!:\?)\b[^:]/);
});

test('the files of secrets are mounted where the variables say', () => {
  const mounted = (services['gateway-a']?.secrets ?? []).map((name) => `/run/secrets/${name}`);
  expect(mounted.toSorted()).toEqual(Object.keys(FILES).toSorted());
  expect(Object.keys(secrets).map((name) => `/run/secrets/${name}`)).toEqual(expect.arrayContaining(mounted));
});

test.each(Object.entries(services))('%s cannot write to its file system, and has no privileges', (_name, service) => {
  expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
});

// The gateways' own are the Dockerfile's, which has a test of its own.
test.each(Object.entries(services).filter(([name]) => !gateways.includes(name)))(
  '%s has a pinned image, and does not run as root',
  (_name, service) => {
    expect(service.image).toMatch(/:\d+\.\d+\.\d+-[a-z]+$/);
    expect(service.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  },
);

describeWithRedis('the command of Redis', () => {
  test('asks for the password, which its arguments do not show, and writes what it holds to /data', async () => {
    const [shell = '', option = '', script = ''] = services['redis']?.command ?? [];
    const folder = mkdtempSync(join(tmpdir(), 'compose-'));
    const port = await freePort();
    const here = script.replaceAll('$$', '$').replace('dir /data', `dir ${folder}\nport ${port}`);
    const password = GIVEN['REDIS_PASSWORD'] ?? '';
    const server = spawn(shell, [option, here], { env: { ...process.env, REDIS_PASSWORD: password } });
    try {
      const ping = (env: Record<string, string>) =>
        spawnSync('redis-cli', ['-p', String(port), 'ping'], { env: { ...process.env, ...env }, encoding: 'utf8' })
          .stdout;
      await until(
        () => ping({ REDISCLI_AUTH: password }),
        (answer) => answer === 'PONG\n',
      );
      expect(ping({})).toContain('NOAUTH');
      expect(readdirSync(folder)).toContain('appendonlydir');
      expect(readFileSync(`/proc/${server.pid}/cmdline`, 'utf8')).not.toContain(password);
    } finally {
      server.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test('the gateways may take longer to stop than they do, and the balancer waits until both are healthy', () => {
  expect(parseInt(services['gateway-a']?.stop_grace_period ?? '', 10)).toBeGreaterThanOrEqual(10);
  expect(Object.keys(services['balancer']?.depends_on ?? {})).toEqual(gateways);
});

test('the balancer knows both gateways, and overwrites the address that a client claims', () => {
  expect([...balancerConfig.matchAll(/^ +server (\S+):4000 /gm)].map(([, host]) => host)).toEqual(gateways);
  expect(balancerConfig).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
});
