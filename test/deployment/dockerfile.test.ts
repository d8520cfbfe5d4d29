import { existsSync, readFileSync } from 'node:fs';
import { run } from '../harness/child-process.js';
import { dockerfile } from '../harness/deployment-files.js';
import { GatewayProcess } from '../harness/gateway-process.js';

/** Milliseconds: starting processes takes long where the machine is busy. */
jest.setTimeout(30_000);

const all = (instruction: string) =>
  dockerfile.filter((step) => step.instruction === instruction).map(({ argument }) => argument);
const lastStage = dockerfile.slice(dockerfile.findLastIndex(({ instruction }) => instruction === 'FROM'));
const inLastStage = (instruction: string) =>
  lastStage.filter((step) => step.instruction === instruction).map(({ argument }) => argument);

test('every stage is of one pinned Node 24, which package.json allows', () => {
  const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
  const [, needed = ''] = /^>=(\d+\.\d+)$/.exec(engines.node) ?? [];
  const [, version = ''] = /^NODE=(24\.\d+\.\d+)-bookworm-slim$/.exec(all('ARG')[0] ?? '') ?? [];
  expect(version.localeCompare(needed, 'en', { numeric: true })).toBe(1);
  for (const base of all('FROM')) expect(base).toMatch(/^node:\$\{NODE\}( AS \w+)?$/);
});

test('what it copies is there, and .dockerignore lets it through', () => {
  const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
  expect(ignored.find((line) => !line.startsWith('#'))).toBe('*');
  const sources = all('COPY')
    .filter((copy) => !copy.startsWith('--from='))
    .flatMap((copy) => copy.split(' ').slice(0, -1));
  expect(sources.length).toBeGreaterThan(5);
  for (const source of sources) {
    expect(existsSync(source)).toBe(true);
    expect(ignored).toContain(`!${source}`);
  }
});

test('the image holds the package and nothing else, runs for production, and not as root', () => {
  expect(inLastStage('COPY')).toEqual(['--from=build /build/package ./']);
  expect(inLastStage('RUN')).toEqual([]);
  expect(inLastStage('ENV')).toEqual(['NODE_ENV=production']);
  expect(inLastStage('USER')).toEqual(['node']);
});

test('the process gets its signals itself, and starts what package.json names as the command', () => {
  const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as { bin: Record<string, string> };
  expect(inLastStage('STOPSIGNAL')).toEqual(['SIGTERM']);
  expect(JSON.parse(inLastStage('ENTRYPOINT')[0] ?? '')).toEqual(['node', bin['weixin-phone-gateway']]);
});

describe('the health check', () => {
  const [, json = ''] = /CMD (\[.*\])$/.exec(inLastStage('HEALTHCHECK')[0] ?? '') ?? [];
  const check = async (port: string) => {
    const [program = '', ...args] = JSON.parse(json) as string[];
    return (await run('env', [`PORT=${port}`, program, ...args], '')).status;
  };

  test('succeeds beside a gateway that lives, and fails where there is none any more', async () => {
    const gateway = new GatewayProcess({ PORT: '0', DRAIN_SECONDS: '0' });
    const { port } = new URL(String((await gateway.line('listening'))['url']));
    expect(await check(port)).toBe(0);
    await gateway.kill();
    expect(await check(port)).toBe(1);
  });
});
