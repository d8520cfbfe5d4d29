import { readFileSync } from 'node:fs';
import { type Finished, run } from '../harness/child-process.js';

/** Milliseconds: starting processes takes long where the machine is busy. */
jest.setTimeout(30_000);

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

const gateway = (...args: readonly string[]): Promise<Finished> => run(process.execPath, ['dist/main.js', ...args], '');

/** For --import: makes an older Node of this one. */
const OLDER = `data:text/javascript,${encodeURIComponent(
  "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.18.3' } })",
)}`;

test('an older Node is told so before anything else fails for want of it', async () => {
  const { status, stderr } = await run(process.execPath, ['--import', OLDER, 'dist/main.js'], '');
  expect(status).toBe(1);
  expect(stderr).toBe('weixin-phone-gateway cannot start. It needs Node 20.19 or later, and this is 20.18.3.\n');
});

test.each(['start', 'test', 'run demo', 'run build'])(
  'npm %s on an older Node is told so before the build',
  async (command) => {
    const env = { ...process.env, NODE_OPTIONS: `--import=${OLDER}` };
    const { status, stderr } = await run('npm', ['--silent', ...command.split(' ')], '', { env });
    expect(status).toBe(1);
    expect(stderr).toBe('weixin-phone-gateway needs Node 20.19 or later, and this is 20.18.3.\n');
  },
);

test.each(['--help', '-h'])('%s prints the usage with every variable and its default, and ends', async (option) => {
  const { status, stdout, stderr } = await gateway(option);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^Usage: weixin-phone-gateway \[--check\[=json\]\] \[--help\] \[--version\]$/m);
  expect(stdout).toMatch(/^ {2}PORT +.+ \[4000\]$/m);
  expect(stdout).toMatch(/^ {2}DRAIN_SECONDS +.+ \[1\]$/m);
});

test.each(['--version', '-v'])('%s prints the version of package.json, and ends', async (option) => {
  expect(await gateway(option)).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});

test.each([
  [['--port', '4000'], 'It does not know --port. Set the environment variable PORT instead.'],
  [
    ['--weixin-apps=wx0123456789abcdef:secret'],
    'It does not know --weixin-apps. Set the environment variable WEIXIN_APPS instead.',
  ],
  [['--verbose'], 'It does not know --verbose. Settings are environment variables: --help lists them.'],
  [['--help', '-x'], 'It does not know -x. Settings are environment variables: --help lists them.'],
  [['start'], 'It takes no arguments. Settings are environment variables: --help lists them.'],
])('%j starts nothing, and the refusal says what to do and repeats no value', async (args, hint) => {
  const { status, stdout, stderr } = await gateway(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toBe(`weixin-phone-gateway cannot start. ${hint}\n`);
});
