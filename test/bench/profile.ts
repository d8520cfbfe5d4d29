import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Contender } from './contender.js';
import { LOGINS_A_SECOND } from './comparison.js';
import { load } from './load.js';
import type { Operation } from './operations.js';
import type { Servers } from './servers.js';

/** A .cpuprofile as V8 writes it, as far as it is read. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
}

export interface SelfTime {
  readonly name: string;
  /** Of the samples in which the process was at work. */
  readonly share: number;
}

const TOP = 25;
const IDLE = new Set(['(idle)', '(root)']);

const SECONDS = 10;
/** What is bundled in dist/main.js, in files of its own: the bundle does not tell packages apart. */
const UNBUNDLED = join('dist-bench', 'src', 'main.js');

/**
 * Profiles an operation at a gateway, leaves the profile in this file, and tells where the time went.
 *
 * @param env of the gateway
 */
export async function profile(
  servers: Servers,
  operation: Operation,
  file: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly packages: SelfTime[]; readonly functions: SelfTime[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'profile-'));
  const flags = ['--cpu-prof', `--cpu-prof-dir=${folder}`];
  const contender = new Contender('profiled', await servers.gateway(env, { flags, main: UNBUNDLED }));
  await contender.logIn(1_000);
  const tasks = contender.tasks(operation, LOGINS_A_SECOND * SECONDS);
  await load(contender.process, tasks, { seconds: SECONDS, again: operation !== 'login' });
  await contender.process.stop();
  const [name = ''] = readdirSync(folder);
  renameSync(join(folder, name), file);
  rmSync(folder, { recursive: true });

  const { nodes, samples } = JSON.parse(readFileSync(file, 'utf8')) as CpuProfile;
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const working = samples.flatMap((id) => {
    const frame = frames.get(id);
    return frame === undefined || IDLE.has(frame.functionName) ? [] : [frame];
  });
  return {
    packages: shares(working.map(({ url, functionName }) => packageOf(url, functionName))),
    functions: shares(
      working.map(({ url, functionName, lineNumber }) => {
        return `${functionName || '(anonymous)'} ${packageOf(url, '')} ${url.split('/').at(-1) ?? ''}:${lineNumber + 1}`;
      }),
    ),
  };
}

function packageOf(url: string, functionName: string): string {
  const inModules = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (inModules !== undefined) return inModules;
  if (url.startsWith('node:')) return url;
  return url === '' ? functionName : 'the gateway itself';
}

function shares(names: readonly string[]): SelfTime[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, share: count / names.length }))
    .sort((a, b) => b.share - a.share)
    .slice(0, TOP);
}
