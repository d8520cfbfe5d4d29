import { execFileSync } from 'node:child_process';
import { SessionDocument } from '../../src/client/generated/graphql.js';
import { GatewayProcess } from '../harness/gateway-process.js';
import { report } from '../harness/report.js';

jest.setTimeout(60_000);

/** Milliseconds; a machine that is busy with other things may take several times as long as a quiet one. */
const FIRST_ANSWER = 5_000;
const SECOND_ANSWER = 500;
const IDLE_MEBIBYTES = 250;

const ENV = {
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  PORT: '0',
  DRAIN_SECONDS: '0',
  WEIXIN_APPS: 'wx4f4bc4dec97d474b:5ec2e7c0ffee5ec2e7c0ffee5ec2e7c0',
  WEIXIN_API_URL: 'http://127.0.0.1:9',
};
const body = JSON.stringify({ query: SessionDocument.toString() });

async function answer(url: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  return (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).text();
}

test('from the start of the process to the first right answer, and the memory of a gateway that idles', async () => {
  const nodeBegan = performance.now();
  execFileSync(process.execPath, ['-e', '0']);
  const node = performance.now() - nodeBegan;

  const began = performance.now();
  const gateway = new GatewayProcess(ENV);
  try {
    const { url } = await gateway.line('listening');
    const listening = performance.now() - began;
    expect(await answer(String(url))).toContain('"code":"NOT_LOGGED_IN"');
    const first = performance.now() - began;
    expect(await answer(String(url))).toContain('"code":"NOT_LOGGED_IN"');
    const second = performance.now() - began - first;

    report('the start of Node itself', node);
    report('listening', listening);
    report('the first answer', first, { atMost: FIRST_ANSWER });
    report('the second answer', second, { atMost: SECOND_ANSWER });
    const mebibytes = gateway.residentBytes() / 1024 ** 2;
    report('resident memory, idle', mebibytes, { atMost: IDLE_MEBIBYTES, unit: 'MiB' });
    expect(first).toBeLessThan(FIRST_ANSWER);
    expect(second).toBeLessThan(SECOND_ANSWER);
    expect(mebibytes).toBeLessThan(IDLE_MEBIBYTES);
  } finally {
    await gateway.kill();
  }
});
