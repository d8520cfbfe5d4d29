import { run } from '../harness/child-process.js';
import { page } from '../harness/documents.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

/*
 * The blocks for a shell, run as they stand by sh with curl. Only the first one, which names the two ports, is replaced. If
 * curl is missing these tests fail and say so.
 */
const section = page('README.md').section('A first login by hand');
const [ports = '', code = '', token = '', tap = '', number = ''] = section.blocks('sh');
let running: RunningGateway;

beforeAll(async () => {
  running = await runGateway();
});
afterAll(() => running.gateway.stop());

async function runScript(...blocks: readonly string[]): Promise<unknown> {
  const { port: gateway } = new URL(running.gateway.url);
  const { port: simulator } = new URL(running.gateway.simulator?.url ?? '');
  const script = ['command -v curl >&2', `GATEWAY_PORT=${gateway}`, `SIMULATOR_PORT=${simulator}`, ...blocks].join(
    '\n',
  );
  const { status, stdout, stderr } = await run('sh', ['-eu'], script);
  if (status !== 0) throw new Error(`sh ended with ${String(status)}; is curl installed?\n${stderr}`);
  return JSON.parse(stdout);
}

test('the first block names the ports of a start without settings', () => {
  expect(ports).toBe('GATEWAY_PORT=4000\nSIMULATOR_PORT=4001\n');
});

test('a login and a number by hand: the blocks, one after the other, end with the answer that the page shows', async () => {
  expect(await runScript(code, token, tap, number)).toEqual(JSON.parse(section.blocks('json')[0] ?? ''));
});

test('the race by hand: after another code and another login the same data still opens', async () => {
  expect(await runScript(code, token, tap, code, token, number)).toMatchObject({
    data: { decryptPhone: { __typename: 'PhoneNumber' } },
  });
});
