import { seconds, wholeNumber, YEAR } from './parsers.js';
import { variable } from './variable.js';

/** Number and lifetime of sessions. */
export const sessionVariables = {
  sessionMax: variable('SESSION_MAX', wholeNumber(1, 10_000_000), {
    default: '100000',
    meaning:
      'Sessions, and users with key rings, that the in-process store holds; one more drops the least recently used.',
  }),
  sessionsPerUser: variable('SESSIONS_PER_USER', wholeNumber(1, 1000), {
    default: '10',
    meaning: "Sessions that one user may have; one more login ends the user's oldest.",
  }),
  sessionIdle: variable('SESSION_IDLE_SECONDS', seconds(1, YEAR), {
    default: '7200',
    meaning: 'A session ends if it is unused for that long.',
  }),
  sessionAbsolute: variable('SESSION_ABSOLUTE_SECONDS', seconds(1, YEAR), {
    default: '604800',
    meaning: 'A session ends after that long, used or not; a key ring is kept that long after the last login.',
  }),
  loginReplay: variable('LOGIN_REPLAY_SECONDS', seconds(0, 300), {
    default: '60',
    meaning: 'How long a repeated login code gives the same session again; 0 turns that off.',
  }),
};

/** Accepted dates of documents. */
export const watermarkVariables = {
  watermarkMaxAge: variable('WATERMARK_MAX_AGE_SECONDS', seconds(1, YEAR), {
    default: '300',
    meaning: 'Data with an older watermark is rejected as `TOO_OLD`.',
  }),
  clockSkew: variable('CLOCK_SKEW_SECONDS', seconds(0, 3600), {
    default: '60',
    meaning:
      'How far ahead of this clock a watermark may be, and how long after its replacement an old key may have been used.',
  }),
};
