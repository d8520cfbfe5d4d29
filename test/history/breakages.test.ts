import { wrongAnswers } from './breakages/answers.js';
import { wrongCodes } from './breakages/codes.js';
import { wrongLimits } from './breakages/limits.js';
import { wrongSessions } from './breakages/sessions.js';
import { check } from './checker/check.js';
import { simulate } from './simulation/simulate.js';

/** Seeds within which a protection that is missing has to be found. */
const WITHIN = 200;

test.each([...wrongSessions, ...wrongCodes, ...wrongAnswers, ...wrongLimits])(
  'the checker finds $what',
  async ({ rule, broken }) => {
    let found = new Set<string>();
    for (let seed = 1; seed <= WITHIN && !found.has(rule); seed += 1) {
      found = new Set(check(await simulate(seed, broken)).map((violation) => violation.rule));
    }
    expect(found).toContain(rule);
  },
);
