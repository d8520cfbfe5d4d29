import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { run } from '../harness/child-process.js';
import { GatewayClient } from '../harness/gateway-client.js';
import { report } from '../harness/report.js';

/** Milliseconds: npm fetches the dependencies, from its cache or from the registry. */
const INSTALLED_WITHIN = 240_000;
/** Milliseconds from the command to the first log line. */
const STARTED_WITHIN = 30_000;
import.meta.jest.setTimeout(INSTALLED_WITHIN + 60_000);

const folder = mkdtempSync(join(tmpdir(), 'installed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the packed package, installed into an empty folder, starts with one command, logs in and decrypts', async () => {
  const pack = await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], '');
  expect(pack.status).toBe(0);
  const [tarball = ''] = readdirSync(folder);
  const began = performance.now();
  const install = await run(
    'npm',
    [
      'install',
      '--prefix',
      folder,
      '--ignore-scripts',
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      join(folder, tarball),
    ],
    '',
  );
  expect({ status: install.status, stderr: install.status === 0 ? '' : install.stderr }).toEqual({
    status: 0,
    stderr: '',
  });
  report('npm install of the package', performance.now() - began, INSTALLED_WITHIN);

  const asked = performance.now();
  const gateway = spawn('npx', ['--offline', 'weixin-phone-gateway'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, PORT: '0', WEIXIN_SIMULATOR_PORT: '0', DRAIN_SECONDS: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
    // A group of its own: npx, its shell and the gateway end together.
    detached: true,
  });
  try {
    const urls: string[] = [];
    for await (const line of createInterface({ input: gateway.stdout })) {
      urls.push(String((JSON.parse(line) as { url: unknown }).url));
      if (urls.length === 2) break;
    }
    report('the start of the installed package', performance.now() - asked, STARTED_WITHIN);
    const [url = '', simulator = ''] = urls;
    const phone = async (what: string) =>
      (await (await fetch(`${simulator}/phone/${what}`, { method: 'POST' })).json()) as never;
    const client = await new GatewayClient(url).loggedIn(((await phone('login')) as { code: string }).code);
    expect(await client.decryptPhone(await phone('tap'))).toMatchObject({
      __typename: 'PhoneNumber',
      e164: '+8613548535449',
    });
    expect((await fetch(`${url}/explorer/assets/graphiql.js`)).status).toBe(200);
  } finally {
    process.kill(-(gateway.pid ?? 0), 'SIGTERM');
    if (gateway.exitCode === null) await once(gateway, 'exit');
  }
});
