import { describeWith } from './describe-with.js';

/** `describe` for tests that need promtool. */
export const describeWithPromtool = describeWith(
  ['promtool', '--version'],
  'promtool is not installed (apt-get install prometheus): THE ALERTS ARE NOT TRIED',
);
