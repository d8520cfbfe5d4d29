import { readFileSync } from 'node:fs';
import { run } from '../harness/child-process.js';
import { GatewayProcess } from '../harness/gateway-process.js';
import { until } from '../harness/until.js';

/** Milliseconds: starting processes takes long where the machine is busy. */
jest.setTimeout(30_000);

const started: GatewayProcess[] = [];
afterEach(() => Promise.all(started.splice(0).map((gateway) => gateway.kill())));

const COLOUR = '\u001b[';
const FREE_PORTS = { PORT: '0', WEIXIN_SIMULATOR_PORT: '0', DRAIN_SECONDS: '0' };

/** A gateway that has written its start message. */
async function start(env: Record<string, string> = {}): Promise<{ gateway: GatewayProcess; url: string }> {
  const gateway = new GatewayProcess({ ...FREE_PORTS, ...env });
  started.push(gateway);
  const { url } = await gateway.line('listening');
  await until(
    () => gateway.errorText,
    (text) => text.endsWith('\n\n'),
  );
  return { gateway, url: String(url) };
}

async function startMessage(env: Record<string, string> = {}): Promise<string> {
  return (await start(env)).gateway.errorText;
}

test('it says where everything is, on one screen of 24 lines', async () => {
  const { gateway, url } = await start({ METRICS_PORT: '0' });
  const text = gateway.errorText;
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  for (const place of [
    `weixin-phone-gateway ${version}   Node ${process.versions.node}, development`,
    `POST ${url}/graphql`,
    `${url}/explorer`,
    `${url}/healthz`,
    `${url}/readyz`,
    `${url}/.well-known/jwks.json`,
    'THIS IS NOT WEIXIN',
    'in this process: a restart forgets every session',
  ]) {
    expect(text).toContain(place);
  }
  expect(text).toMatch(/^ {2}Metrics +http:\/\/127\.0\.0\.1:[1-9]\d*\/metrics$/m);
  expect(text.split('\n').length).toBeLessThanOrEqual(24);
});

test('every place that it names answers', async () => {
  const [message = ''] = (await startMessage({ METRICS_PORT: '0' })).split('Try:');
  const places = [...message.matchAll(/(?<!POST )http:\S+/g)].map(([place]) => place);
  expect(places.length).toBeGreaterThanOrEqual(7);
  for (const place of places) {
    const { status } = await fetch(place, { headers: { accept: 'text/html' } });
    // The simulator has nothing at its root.
    expect({ place, status }).toEqual({ place, status: /:\d+$/.test(place) ? 404 : 200 });
  }
});

test('it shows a Redis that is out of reach, and not its password', async () => {
  const text = await startMessage({ REDIS_URL: 'redis://user:the-password@127.0.0.1:1' });
  expect(text).toContain('Redis at 127.0.0.1:1   OUT OF REACH');
  expect(text).toContain('Check REDIS_URL');
  expect(text).not.toContain('the-password');
});

describe('colours', () => {
  test('are not there where nobody sees them', async () => {
    expect(await startMessage()).not.toContain(COLOUR);
  });

  test('are there where FORCE_COLOR asks for them', async () => {
    expect(await startMessage({ FORCE_COLOR: '1' })).toContain(COLOUR);
  });

  test.each([
    ['are there on a terminal', '', true],
    ['are not there on a terminal where NO_COLOR is set', 'NO_COLOR=1', false],
  ])('%s', async (_name, variable, expected) => {
    // script(1) runs a command on a terminal of its own, and timeout(1) ends it as Ctrl-C does.
    const variables = Object.entries(FREE_PORTS).map((pair) => pair.join('='));
    const command = `env -i TERM=xterm ${variables.join(' ')} ${variable} timeout --foreground -s INT 5 ${process.execPath} dist/main.js`;
    const { stdout } = await run('script', ['-qec', command, '/dev/null'], '');
    expect(stdout).toContain('Public keys');
    expect(stdout.includes(COLOUR)).toBe(expected);
  });
});
