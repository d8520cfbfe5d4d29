import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';
import { LoginDocument } from '../../src/client/generated/graphql.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

/** Values of X-Forwarded-For with which a client may pretend to be another one. */
const FORGED: readonly (readonly string[])[] = [
  ['198.51.100.1'],
  ['198.51.100.2', '198.51.100.3'],
  ['198.51.100.4', '198.51.100.5', '198.51.100.6'],
  Array.from({ length: 1000 }, (_, i) => `10.0.${i >> 8}.${i & 255}`),
  ['', '', ''],
  ['unknown', '"[2001:db8::1]"', 'for=198.51.100.7', '../../etc/passwd', '__proto__'],
  ['x'.repeat(8_000)],
];

/** Logs in over a connection of its own. */
async function login(
  { gateway, simulator, app }: RunningGateway,
  headers: Record<string, string | string[]>,
  localAddress = '127.0.0.1',
): Promise<string> {
  const code = simulator.world.login(app.appId, 'alice');
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { method: 'POST', localAddress, agent: false };
    const sent = request(`${gateway.url}/graphql`, options, resolve).on('error', reject);
    sent.setHeader('content-type', 'application/json');
    for (const [name, value] of Object.entries(headers)) sent.setHeader(name, value);
    sent.end(JSON.stringify({ query: LoginDocument.toString(), variables: { input: { code } } }));
  });
  const { data } = JSON.parse(await text(response)) as { data: { login: { __typename: string } } };
  return data.login.__typename;
}

describe.each([
  { proxies: 0, behind: [] },
  { proxies: 1, behind: [] },
  { proxies: 2, behind: ['192.0.2.1'] },
])('with TRUST_PROXY=$proxies', ({ proxies, behind }) => {
  let running: RunningGateway;
  let serial = 0;
  beforeEach(async () => {
    running = await runGateway({ TRUST_PROXY: String(proxies), LOGIN_LIMIT_PER_ADDRESS: '1' });
  });
  afterEach(() => running.gateway.stop());

  /** A separate client, as the gateway sees it: by its socket, or in the header of the proxies in front. */
  const newClient = () => {
    serial += 1;
    const own = `127.1.0.${serial}`;
    return (forged: readonly string[], header = (all: readonly string[]): string | string[] => all.join(', ')) =>
      proxies === 0
        ? login(running, forged.length === 0 ? {} : { 'x-forwarded-for': header(forged) }, own)
        : login(running, { 'x-forwarded-for': header([...forged, own, ...behind]) });
  };

  test('a client is counted by its real address, whatever X-Forwarded-For it sends', async () => {
    const client = newClient();
    expect(await client([])).toBe('LoginSuccess');
    for (const forged of FORGED) expect(await client(forged)).toBe('RateLimitedError');
  });

  test('the same if the header is repeated', async () => {
    const client = newClient();
    expect(await client(['198.51.100.1'], (all) => [...all])).toBe('LoginSuccess');
    expect(await client(['198.51.100.2'], (all) => [...all])).toBe('RateLimitedError');
  });

  test("a client cannot use up another client's limit by naming its address", async () => {
    const attacker = newClient();
    const victim = `127.1.0.${serial + 1}`;
    await attacker([victim, victim, victim]);
    await attacker([victim]);
    expect(await newClient()([])).toBe('LoginSuccess');
  });

  test('two clients are counted apart', async () => {
    const clients = [newClient(), newClient()];
    for (const client of clients) expect(await client([])).toBe('LoginSuccess');
    for (const client of clients) expect(await client([])).toBe('RateLimitedError');
  });

  test('no address is logged', async () => {
    const client = newClient();
    for (const forged of FORGED.slice(0, 3)) await client(forged);
    expect(running.logLines.join('')).not.toMatch(/198\.51\.100\.|127\.1\.0\.|192\.0\.2\.1/);
  });
});

test('if the trusted proxy wrote no address, its own is counted', async () => {
  const running = await runGateway({ TRUST_PROXY: '1', LOGIN_LIMIT_PER_ADDRESS: '1' });
  const answers = [];
  for (const written of ['unknown', '_a', '_b', 'x'.repeat(9_000), '1.2.3']) {
    answers.push(await login(running, { 'x-forwarded-for': written }));
  }
  await running.gateway.stop();
  expect(answers).toEqual(['LoginSuccess', ...Array<string>(4).fill('RateLimitedError')]);
});
