import { run } from '../harness/child-process.js';
import { readme } from '../harness/readme.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

/*
 * The blocks for a shell are run as they stand, by sh with curl, against a gateway and a simulator on free ports. Where curl
 * is missing these tests fail and say so.
 */
const section = readme.section('A first login by hand');
let running: RunningGateway;

beforeAll(async () => {
  running = await runGateway();
});
afterAll(() => running.gateway.stop());

/** Runs a script of README.md with the two addresses replaced. */
async function runScript(script: string): Promise<string> {
  const here = script
    .replaceAll('http://127.0.0.1:4000', running.gateway.url)
    .replaceAll('http://127.0.0.1:4001', running.gateway.simulator?.url ?? '');
  const { status, stdout, stderr } = await run('sh', ['-eu'], `command -v curl >&2\n${here}`);
  if (status !== 0) throw new Error(`sh ended with ${String(status)}; is curl installed?\n${stderr}`);
  return stdout;
}

test('a login and a number by hand: the blocks, one after the other, end with the answer that is printed there', async () => {
  const answer = JSON.parse(await runScript(section.blocks('sh').join('\n'))) as unknown;
  expect(answer).toEqual(JSON.parse(section.blocks('json')[0] ?? ''));
});

test('the race by hand: after another code and another login the same data still opens', async () => {
  const [code = '', token = '', tap = '', number = ''] = section.blocks('sh');
  const answer = JSON.parse(await runScript([code, token, tap, code, token, number].join('\n'))) as unknown;
  expect(answer).toMatchObject({ data: { decryptPhone: { __typename: 'PhoneNumber' } } });
});
