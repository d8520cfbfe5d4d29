import type { Milliseconds } from '../../../src/domain/clock.js';
import type { CrowdSize } from '../crowd.js';
import type { Seeded } from '../seeded.js';
import type { Fate } from './simulated-weixin.js';

/** What a seed makes a run like. */
export interface Weather {
  readonly gateways: number;
  readonly crowd: CrowdSize;
  /** Variables of the gateways. */
  readonly env: Readonly<Record<string, string>>;
  /** Age at which wx.login replaces a session key. */
  readonly keyPeriod: Milliseconds;
  /** How often an answer to a client is lost. */
  readonly lostAnswers: number;
  /** How often a request to a store, or its answer, is lost. */
  readonly lostStore: number;
  readonly weixin: Readonly<Record<Fate, number>>;
  readonly clockSteps: readonly { readonly after: Milliseconds; readonly by: Milliseconds }[];
  /** Between two requests of a client: how often it waits long, and how long that is at most. */
  readonly longPauses: number;
  readonly longPause: Milliseconds;
}

/** Small limits and short times, so that all of them are reached. */
export function weatherOf(seeded: Seeded): Weather {
  const seconds = (...choices: [number, ...number[]]) => String(seeded.pick(choices));
  const isCalm = seeded.chance(0.5);
  return {
    gateways: 1 + seeded.below(3),
    crowd: { users: 2 + seeded.below(2), clients: 3 + seeded.below(4), requests: 6 + seeded.below(5) },
    env: {
      SESSION_IDLE_SECONDS: seconds(20, 60, 600),
      SESSION_ABSOLUTE_SECONDS: seconds(60, 200, 3600),
      SESSIONS_PER_USER: seconds(1, 2, 4, 10),
      LOGIN_REPLAY_SECONDS: seconds(0, 10, 60),
      DECRYPT_FAILURE_LIMIT: seconds(1, 2, 4),
      DECRYPT_FAILURE_WINDOW_SECONDS: seconds(10, 60, 3600),
      DECRYPT_LIMIT_PER_USER: '1000000',
      WEIXIN_LIMIT_PER_USER: seconds(2, 5, 100),
      LOGIN_LIMIT_PER_APP: seconds(6, 20, 1000),
      PHONE_CODE_BINDING: seeded.pick(['openid', 'openid', 'none']),
    },
    keyPeriod: seeded.pick([0, 30_000, 3_600_000]),
    lostAnswers: seeded.pick([0, 0.1, 0.3]),
    lostStore: isCalm ? 0 : seeded.pick([0, 0.01, 0.05]),
    weixin: {
      answered: 8,
      unsent: seeded.pick([0, 1]),
      busy: seeded.pick([0, 1]),
      lost: isCalm ? 0 : seeded.pick([0, 1]),
    },
    clockSteps: isCalm
      ? []
      : Array.from({ length: seeded.below(3) }, () => ({
          after: seeded.below(60_000),
          by: seeded.pick([-1, 1]) * seeded.below(30_000),
        })),
    longPauses: seeded.pick([0.1, 0.3]),
    longPause: seeded.pick([5_000, 30_000, 90_000]),
  };
}
