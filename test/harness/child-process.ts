import { spawn, type SpawnOptionsWithoutStdio } from 'node:child_process';
import { text } from 'node:stream/consumers';

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end in the project's root, with this text on its standard input. */
export async function run(
  program: string,
  args: readonly string[],
  input: string,
  options: SpawnOptionsWithoutStdio = {},
): Promise<Finished> {
  const child = spawn(program, args, { cwd: new URL('../../', import.meta.url), ...options });
  const exit = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  child.stdin.end(input);
  const [status, stdout, stderr] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
  return { status, stdout, stderr };
}
