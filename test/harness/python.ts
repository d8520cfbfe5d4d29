import { execFileSync } from 'node:child_process';

/** Debian's own Python, which has Debian's packages; another one may come first in PATH. */
export const PYTHON = '/usr/bin/python3';

/**
 * `describe` for tests that need PyJWT (Debian's python3-jwt and python3-cryptography). Without them they are skipped, loudly;
 * in CI that is a failure.
 */
export const describeWithPyJwt: jest.Describe = hasPyJwt() ? describe : withoutPyJwt();

function hasPyJwt(): boolean {
  try {
    execFileSync(PYTHON, ['-c', 'import jwt, cryptography'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function withoutPyJwt(): jest.Describe {
  const message = 'PyJWT is not installed (apt-get install python3-jwt python3-cryptography): ITS TESTS ARE SKIPPED';
  if (process.env['CI'] !== undefined) throw new Error(message);
  process.stderr.write(`\n${message}\n\n`);
  return describe.skip;
}
