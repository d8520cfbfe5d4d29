import { execFileSync } from 'node:child_process';

/** `describe` for tests that need promtool. If it is missing they are skipped, loudly; in CI that is a failure. */
export const describeWithPromtool: jest.Describe = hasPromtool() ? describe : withoutPromtool();

function hasPromtool(): boolean {
  try {
    execFileSync('promtool', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function withoutPromtool(): jest.Describe {
  const message = 'promtool is not installed (apt-get install prometheus): THE ALERTS ARE NOT TRIED';
  if (process.env['CI'] !== undefined) throw new Error(message);
  process.stderr.write(`\n${message}\n\n`);
  return describe.skip;
}
