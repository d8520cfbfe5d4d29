import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { run } from '../harness/child-process.js';

/* The workflows of GitHub, as far as they can be tried without it: each shell step of the job that packs runs here. */

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
}
interface Job {
  readonly steps: readonly Step[];
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: { readonly node: readonly number[] } };
}
interface Workflow {
  readonly on: { readonly push: { readonly tags?: readonly string[] } };
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflow = (name: string) =>
  parse(readFileSync(new URL(`../../.github/workflows/${name}`, import.meta.url), 'utf8')) as Workflow;
const ci = workflow('ci.yml');
const release = workflow('release.yml');
const { pack, release: publish } = release.jobs;

test('CI runs on every supported major of Node', () => {
  expect(ci.jobs['test']?.strategy?.matrix.node).toEqual([20, 22, 24, 26]);
});

test('a tag tests, packs, attests and uploads, in this order', () => {
  expect(release.on.push.tags).toEqual(['v*']);
  expect(publish?.needs).toBe('pack');
  const steps = [...(pack?.steps ?? []), ...(publish?.steps ?? [])].map(({ name, uses = '' }) => name ?? uses);
  expect(steps.map((step) => step.replace(/@.*/, ''))).toEqual([
    'actions/checkout',
    'The tag names the version of both packages',
    'Test',
    'Pack',
    'actions/upload-artifact',
    'actions/download-artifact',
    'actions/attest-build-provenance',
    'actions/attest-sbom',
    'Release',
  ]);
});

test('the job that runs code of the project may write nothing', () => {
  expect(release.permissions).toEqual({ contents: 'read' });
  expect(pack?.permissions).toBeUndefined();
  expect(publish?.steps.some((step) => step.uses?.startsWith('actions/checkout'))).toBe(false);
});

describe('the tag', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const check = pack?.steps.find(({ name }) => name?.startsWith('The tag'))?.run ?? 'false';

  test.each([
    [`v${version}`, 0],
    [version, 1],
    ['v99.0.0', 1],
    ['v', 1],
    [`v${version}; true`, 1],
  ])('%s ends the check with status %i', async (tag, expected) => {
    const env = { ...process.env, TAG: tag };
    expect((await run('sh', ['-e', '-c', check], '', { env })).status).toBe(expected);
  });
});
