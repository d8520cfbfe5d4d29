import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/config.js';
import { variables } from '../../src/config/variables.js';
import { Checkout } from '../harness/checkout.js';
import { run } from '../harness/child-process.js';
import { describeWith } from '../harness/describe-with.js';
import { page } from '../harness/documents.js';
import { GatewayProcess } from '../harness/gateway-process.js';
import { startScriptedWeixin } from '../harness/scripted-weixin.js';

/** Milliseconds: starting processes takes long where the machine is busy. */
jest.setTimeout(60_000);

const NAME = 'weixin-phone-gateway.service';
const unit = readFileSync(`docs/deployment/${NAME}`, 'utf8');
const NODE = '/usr/bin/node';

/** The values of a setting, in their order. */
const valuesOf = (setting: string, text = unit) =>
  text
    .split('\n')
    .filter((line) => line.startsWith(`${setting}=`))
    .map((line) => line.slice(setting.length + 1));
const valueOf = (setting: string) => valuesOf(setting)[0] ?? '';

/** The names of the credentials, each with the file that systemd copies. */
const credentials = Object.fromEntries(valuesOf('LoadCredential').map((value) => value.split(':') as [string, string]));

let checkout: Checkout;
/** Where the commands in docs/deployment.md have installed the gateway. */
const installed = (path: string) => join(checkout.root, path);
/** The folder that systemd would make for the credentials. */
let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  checkout = new Checkout();
  const [install = ''] = page('docs/deployment.md').section('systemd').blocks('sh');
  await checkout.run(install);
  folder = mkdtempSync(join(tmpdir(), 'credentials-'));
  for (const [name, file] of Object.entries(credentials)) {
    writeFileSync(join(folder, name), readFileSync(installed(file)));
  }
  const assignments = [
    ...valuesOf('Environment').flatMap((value) => value.split(' ')),
    ...readFileSync(installed(valueOf('EnvironmentFile')), 'utf8')
      .trim()
      .split('\n'),
  ];
  env = Object.fromEntries(
    assignments.map((assignment) => {
      const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(assignment) ?? [];
      return [name, value.replace('%d/', `${folder}/`)];
    }),
  );
});
afterAll(() => {
  checkout.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe('after the commands in docs/deployment.md', () => {
  test('the program is where the unit starts it, and the unit where systemd finds it', () => {
    const [program, main = ''] = valueOf('ExecStart').split(' ');
    expect(program).toBe(NODE);
    expect(existsSync(installed(join(valueOf('WorkingDirectory'), main)))).toBe(true);
    expect(readFileSync(installed(`/etc/systemd/system/${NAME}`), 'utf8')).toBe(unit);
  });

  test('the files with secrets are readable to root alone', () => {
    const files = [...Object.values(credentials), valueOf('EnvironmentFile')];
    expect(files).toHaveLength(3);
    for (const file of files) expect(statSync(installed(file)).mode & 0o777).toBe(0o600);
  });

  test('the variables are known to the gateway, and make a configuration for production without a warning', () => {
    expect(variables.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(env)));
    const config = loadConfig(env);
    expect(config).toMatchObject({ production: true, host: '127.0.0.1', trustProxy: 1, warnings: [] });
    expect(config.redis?.servers).toMatchObject({ node: { host: '127.0.0.1', port: 6379 } });
    expect(config.proofKeys).toHaveLength(1);
  });

  test('the installed gateway starts with them, and stops with status 0', async () => {
    const main = installed(join(valueOf('WorkingDirectory'), 'dist/main.js'));
    const gateway = new GatewayProcess({ ...env, PORT: '0', DRAIN_SECONDS: '0', REDIS_URL: '' }, main);
    await gateway.line('listening');
    gateway.signal('SIGTERM');
    expect(await gateway.exit()).toBe(0);
  });

  test('the optional command before the start is the check, and succeeds if all is well', async () => {
    const [command = ''] = valuesOf('#ExecStartPre');
    const [program, ...args] = command.split(' ');
    expect(program).toBe(NODE);
    const weixin = await startScriptedWeixin();
    const cwd = installed(valueOf('WorkingDirectory'));
    const checked = { ...env, REDIS_URL: '', WEIXIN_API_URL: weixin.origin };
    const { status, stdout } = await run(process.execPath, args, '', { cwd, env: checked });
    await weixin.close();
    expect(stdout.split('\n').filter((line) => line !== '' && !line.startsWith('✓'))).toEqual([]);
    expect(status).toBe(0);
  });
});

test('the process may take longer to stop than it does', () => {
  expect(Number(valueOf('TimeoutStopSec'))).toBeGreaterThanOrEqual(10);
});

test('there may be more open files than MAX_CONNECTIONS', () => {
  const { default: most } = variables.find(({ name }) => name === 'MAX_CONNECTIONS') ?? {};
  expect(Number(valueOf('LimitNOFILE'))).toBeGreaterThan(Number(most));
});

test('it runs as a user of its own, without rights, and cannot write to the file system', () => {
  expect(valuesOf('DynamicUser')).toEqual(['yes']);
  expect(valuesOf('CapabilityBoundingSet')).toEqual(['']);
  expect(valuesOf('NoNewPrivileges')).toEqual(['yes']);
  expect(valuesOf('ProtectSystem')).toEqual(['strict']);
});

test('no core dump, which would hold session keys', () => {
  expect(valueOf('LimitCORE')).toBe('0');
});

const describeWithSystemd = describeWith(
  ['systemd-analyze', '--version'],
  'systemd-analyze is not installed (apt-get install systemd): EVERY TEST WITH SYSTEMD IS SKIPPED',
);

describeWithSystemd('systemd', () => {
  let file: string;
  beforeAll(() => {
    file = join(folder, NAME);
    // Node may be elsewhere on this machine, and systemd looks whether it is there.
    writeFileSync(file, unit.replaceAll(NODE, process.execPath));
  });

  test('knows every setting, and has no objection', async () => {
    const { status, stdout, stderr } = await run('systemd-analyze', ['verify', '--man=no', file], '');
    expect(stdout + stderr).toBe('');
    expect(status).toBe(0);
  });

  /** In tenths: systemd calls up to 2 well protected. V8 needs memory that is writable and executable. */
  const EXPOSURE = 20;
  test(`finds little that the gateway could harm: an exposure of at most ${EXPOSURE / 10}`, async () => {
    const args = ['security', '--offline=yes', `--threshold=${EXPOSURE}`, '--no-pager', file];
    const { status, stdout } = await run('systemd-analyze', args, '');
    expect(stdout).toContain('Overall exposure level');
    expect(status).toBe(0);
  });
});
