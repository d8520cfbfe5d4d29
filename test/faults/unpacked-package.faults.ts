import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { run } from '../harness/child-process.js';
import { GatewayClient } from '../harness/gateway-client.js';
import { report } from '../harness/report.js';

/** Milliseconds from the command to the second log line. */
const STARTED_WITHIN = 30_000;
jest.setTimeout(STARTED_WITHIN + 60_000);

const folder = mkdtempSync(join(tmpdir(), 'unpacked-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the packed package, unpacked into an empty folder, needs nothing beside Node to start, log in and decrypt', async () => {
  const pack = await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], '');
  expect(pack.status).toBe(0);
  const [tarball = ''] = readdirSync(folder);
  expect((await run('tar', ['-xzf', join(folder, tarball), '-C', folder], '')).status).toBe(0);

  const asked = performance.now();
  const gateway = spawn(process.execPath, ['package/dist/main.js'], {
    cwd: folder,
    env: { PORT: '0', WEIXIN_SIMULATOR_PORT: '0', DRAIN_SECONDS: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const urls: string[] = [];
    for await (const line of createInterface({ input: gateway.stdout })) {
      urls.push(String((JSON.parse(line) as { url: unknown }).url));
      if (urls.length === 2) break;
    }
    report('the start of the unpacked package', performance.now() - asked, { atMost: STARTED_WITHIN });
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
    gateway.kill('SIGTERM');
    if (gateway.exitCode === null) await once(gateway, 'exit');
  }
});
