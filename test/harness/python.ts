import { describeWith } from './describe-with.js';

/** Debian's own Python, which has Debian's packages; another one may come first in PATH. */
export const PYTHON = '/usr/bin/python3';

/** `describe` for tests that need PyJWT (Debian's python3-jwt and python3-cryptography). */
export const describeWithPyJwt = describeWith(
  [PYTHON, '-c', 'import jwt, cryptography'],
  'PyJWT is not installed (apt-get install python3-jwt python3-cryptography): ITS TESTS ARE SKIPPED',
);
