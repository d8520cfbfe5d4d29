import { GatewayProcess } from '../harness/gateway-process.js';
import { parsedLines } from '../harness/log-lines.js';

/** Milliseconds: starting processes takes long where the machine is busy. */
jest.setTimeout(30_000);

const SECRET = 'tells-too-much';

/** A gateway in whose process this code runs at SIGUSR2, as any library's might at any time. */
async function gatewayWith(code: string): Promise<GatewayProcess> {
  const script = `data:text/javascript,${encodeURIComponent(`process.on('SIGUSR2', () => { ${code} });`)}`;
  const gateway = new GatewayProcess({
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: '0',
    WEIXIN_APPS: 'wxde00000000000001:0123456789abcdef0123456789abcdef',
    QUOTED: SECRET,
    NODE_OPTIONS: `--import=${script}`,
  });
  running.push(gateway);
  await gateway.line('listening');
  return gateway;
}
const running: GatewayProcess[] = [];
afterEach(() => Promise.all(running.splice(0).map((gateway) => gateway.kill())));

/** An error that quotes the secret, in its cause as well. */
const FAILURE = `new TypeError(process.env.QUOTED, { cause: new Error(process.env.QUOTED) })`;

test.each([
  ['a promise that is rejected', `Promise.reject(${FAILURE})`, 'unhandled rejection', 'TypeError'],
  ['a promise that is rejected with a text', 'Promise.reject(process.env.QUOTED)', 'unhandled rejection', 'string'],
  ['an error that is thrown', `setImmediate(() => { throw ${FAILURE}; })`, 'uncaught exception', 'TypeError'],
  [
    'an error event',
    `new (process.getBuiltinModule('events'))().emit('error', ${FAILURE})`,
    'uncaught exception',
    'TypeError',
  ],
])('%s, and nobody catches it, ends the process with one log line and status 1', async (_what, code, reason, name) => {
  const gateway = await gatewayWith(code);
  gateway.signal('SIGUSR2');
  expect(await gateway.exit(5_000)).toBe(1);
  const lines = parsedLines(gateway.lines);
  expect(lines.slice(lines.findIndex(({ msg }) => msg === 'listening') + 1)).toEqual([
    {
      level: 50,
      time: expect.any(String) as string,
      reason,
      error: expect.objectContaining({ name }) as object,
      msg: 'unexpected error: the process ends',
    },
  ]);
  expect(gateway.lines.join('')).not.toContain(SECRET);
  expect(gateway.errorText).toBe('');
});
