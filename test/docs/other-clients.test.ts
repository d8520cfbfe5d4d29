import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../harness/child-process.js';
import { PACKAGE } from '../harness/published-client.js';
import { page } from '../harness/documents.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

/* The examples, each run as it stands in a process of its own, in a folder that has the packages installed. */

const INSTALLED = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const blocks = page('docs/graphql-clients.md').blocks('js');
const folder = mkdtempSync(join(tmpdir(), 'docs-clients-'));
let running: RunningGateway;

beforeAll(async () => {
  install('weixin-phone-gateway-client', PACKAGE);
  for (const name of ['graphql', 'graphql-request', '@apollo/client', '@urql/core']) install(name, INSTALLED + name);
  running = await runGateway();
});
afterAll(async () => {
  await running.gateway.stop();
  rmSync(folder, { recursive: true });
});

function install(name: string, from: string): void {
  const to = join(folder, 'node_modules', name);
  mkdirSync(dirname(to), { recursive: true });
  symlinkSync(from, to, 'dir');
}

test('there is one for each client', () => {
  const clients = blocks.map((block) => /from '([^']+)'/.exec(block)?.[1]);
  expect(clients).toEqual(['graphql-request', '@apollo/client', '@urql/core']);
});

test.each(blocks.map((block, i) => ({ client: /from '([^']+)'/.exec(block)?.[1], block, i })))(
  '$client logs in',
  async ({ block, i }) => {
    const code = running.simulator.world.login(running.app.appId, 'alice');
    const file = join(folder, `${i}.mjs`);
    const call = `console.log(JSON.stringify(await login(${JSON.stringify(code)})));`;
    writeFileSync(file, `${block.replaceAll('http://127.0.0.1:4000', running.gateway.url)}${call}`);
    const { stdout, stderr } = await run(process.execPath, [file], '');
    expect({ answer: stdout === '' ? stderr : (JSON.parse(stdout) as unknown) }).toMatchObject({
      answer: { __typename: 'LoginSuccess', session: { appId: running.app.appId } },
    });
  },
);
