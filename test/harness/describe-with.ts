import { spawnSync } from 'node:child_process';

/**
 * `describe` for tests that need a program. Where it is missing they are skipped, loudly; in CI that is a failure.
 *
 * @param command succeeds where the program is there
 * @param message says what is missing, and how to install it
 */
export function describeWith(command: readonly [string, ...string[]], message: string): jest.Describe {
  const [program, ...args] = command;
  if (spawnSync(program, args, { stdio: 'ignore' }).status === 0) return describe;
  if (process.env['CI'] !== undefined) throw new Error(message);
  process.stderr.write(`\n${message}\n\n`);
  return describe.skip;
}
