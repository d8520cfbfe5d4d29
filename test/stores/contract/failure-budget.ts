import type { Milliseconds } from '../../../src/domain/clock.js';
import type { FailureBudget } from '../../../src/stores/failure-budget.js';
import { sessionKey, user } from '../../harness/people.js';
import { about } from './about.js';
import type { MakeStore, StoreAtHand } from './store-at-hand.js';

export interface FailureLimits {
  readonly limit: number;
  readonly window: Milliseconds;
}

const LIMIT = 3;
const WINDOW: Milliseconds = 60_000;

/**
 * What every FailureBudget guarantees.
 *
 * @param tick how finely the hand can tell times apart
 */
export function describeFailureBudget(
  name: string,
  makeStore: MakeStore<FailureBudget, FailureLimits>,
  tick: Milliseconds = 1,
): void {
  describe(`${name} is a failure budget`, () => {
    let hand: StoreAtHand<FailureBudget>;
    beforeEach(async () => {
      hand = await makeStore({ limit: LIMIT, window: WINDOW });
    });
    afterEach(() => hand.close());

    const attempt = <T>(names: string[], open: () => T | undefined) =>
      hand.store.attempt(user('alice'), names.map(sessionKey), open);
    const fail = (...names: string[]) => attempt(names, () => undefined);
    const succeed = (...names: string[]) => attempt(names, () => 'opened');
    const granted = async (...names: string[]) => (await fail(...names)).granted;
    /** Fails as often as this with these keys, and reports how often it was let. */
    const failures = async (times: number, ...names: string[]) => {
      let count = 0;
      for (let i = 0; i < times; i++) if (await granted(...names)) count++;
      return count;
    };

    test('grants as many failures of a key as the limit, and no more', async () => {
      expect(await failures(LIMIT + 2, 'a')).toBe(LIMIT);
    });

    test('never passes the limit, however many try at once', async () => {
      const attempts = await Promise.all(Array.from({ length: 20 }, () => fail('a')));
      expect(attempts.filter((one) => one.granted)).toHaveLength(LIMIT);
    });

    test('never passes the limit of a key that many sets of keys share', async () => {
      let tries = 0;
      const shared = sessionKey('shared');
      const attempts = Array.from({ length: 20 }, (_, i) =>
        hand.store.attempt(user('alice'), [sessionKey(`own ${i}`), shared], (keys) => {
          if (keys.some((key) => key.equals(shared))) tries += 1;
          return undefined;
        }),
      );
      await Promise.all(attempts);
      expect(tries).toBe(LIMIT);
    });

    test('refuses no right document, however many are tried at once', async () => {
      const attempts = await Promise.all(Array.from({ length: 50 }, () => succeed('a', 'b')));
      expect(attempts).toEqual(attempts.map(() => ({ granted: true, value: 'opened' })));
    });

    test('charges every key of a try', async () => {
      for (let i = 0; i < LIMIT; i++) await fail('a', 'b', 'c');
      expect([await granted('a'), await granted('b'), await granted('c')]).toEqual([false, false, false]);
    });

    test('makes a try with the keys that have failures left, in their order', async () => {
      await failures(LIMIT, 'spent');
      const tried: string[][] = [];
      await hand.store.attempt(user('alice'), ['a', 'spent', 'b'].map(sessionKey), (keys) => {
        tried.push(keys.map((key) => key.revealText()));
        return 'opened';
      });
      expect(tried).toEqual([['a', 'b'].map((name) => sessionKey(name).revealText())]);
    });

    test('charges the keys that were tried, and not those that were left out', async () => {
      await failures(LIMIT, 'spent');
      await hand.advance(WINDOW / 2);
      expect(await failures(LIMIT + 1, 'a', 'spent')).toBe(LIMIT);
      expect(await granted('a')).toBe(false);
      // Its window is over by then, unless it was charged again.
      await hand.advance(WINDOW / 2);
      expect(await failures(LIMIT + 1, 'spent')).toBe(LIMIT);
    });

    test('makes no try where every key is spent', async () => {
      await failures(LIMIT, 'a');
      await failures(LIMIT, 'b');
      let made = 0;
      expect(await attempt(['a', 'b'], () => (made += 1))).toMatchObject({ granted: false });
      expect(made).toBe(0);
    });

    test('a key that is new to the user is a new start', async () => {
      await failures(LIMIT, 'a');
      expect(await granted('a')).toBe(false);
      expect(await failures(LIMIT + 1, 'new', 'a')).toBe(LIMIT);
    });

    test('leaves other keys alone', async () => {
      await failures(LIMIT, 'a');
      expect(await failures(LIMIT + 1, 'b')).toBe(LIMIT);
    });

    test('grants a try with no key at all', async () => {
      expect(await succeed()).toEqual({ granted: true, value: 'opened' });
    });

    test('gives what a try gave, and undefined where it failed', async () => {
      expect(await succeed('a')).toEqual({ granted: true, value: 'opened' });
      expect(await fail('a')).toEqual({ granted: true, value: undefined });
    });

    test('counts a try that throws as failed, and throws what it threw', async () => {
      await failures(LIMIT - 1, 'a');
      const bug = new Error('a bug');
      const throwing = attempt(['a'], () => {
        throw bug;
      });
      await expect(throwing).rejects.toBe(bug);
      expect(await granted('a')).toBe(false);
    });

    test('charges nothing for a try that succeeds', async () => {
      await failures(LIMIT - 1, 'a');
      for (let i = 0; i < LIMIT; i++) await succeed('a');
      expect(await failures(LIMIT, 'a')).toBe(1);
    });

    test('charges none of the keys of a try that succeeds', async () => {
      await succeed('a', 'b');
      expect([await failures(LIMIT + 1, 'a'), await failures(LIMIT + 1, 'b')]).toEqual([LIMIT, LIMIT]);
    });

    test('starts the window of a key with its first failure', async () => {
      await granted('a');
      await hand.advance(WINDOW - tick);
      expect(await failures(LIMIT, 'a')).toBe(LIMIT - 1);
      await hand.advance(tick);
      expect(await failures(LIMIT + 1, 'a')).toBe(LIMIT);
    });

    test('gives each key a window of its own', async () => {
      await failures(LIMIT, 'a');
      await hand.advance(WINDOW / 2);
      await failures(LIMIT, 'b');
      await hand.advance(WINDOW / 2);
      expect([await granted('a'), await granted('b')]).toEqual([true, false]);
    });

    test('starts no window with a success', async () => {
      await succeed('a');
      await hand.advance(WINDOW / 2);
      await failures(LIMIT, 'a');
      await hand.advance(WINDOW / 2);
      expect(await granted('a')).toBe(false);
    });

    test('is not put off by those who keep asking', async () => {
      await failures(LIMIT, 'a');
      await hand.advance(WINDOW - tick);
      expect(await granted('a')).toBe(false);
      await hand.advance(tick);
      expect(await granted('a')).toBe(true);
    });

    test('tells how long until the window of a spent key has passed', async () => {
      await failures(LIMIT, 'a');
      expect(await fail('a')).toEqual({ granted: false, retryAfter: about(WINDOW, tick) });
      await hand.advance(WINDOW - tick);
      expect(await fail('a')).toEqual({ granted: false, retryAfter: about(tick, tick) });
    });

    test('tells how long until the first of several spent keys is fresh', async () => {
      await failures(LIMIT, 'a');
      await hand.advance(10_000);
      await failures(LIMIT, 'b');
      await hand.advance(10_000);
      expect(await fail('b', 'a')).toEqual({ granted: false, retryAfter: about(WINDOW - 20_000, tick) });
      expect(await fail('b')).toEqual({ granted: false, retryAfter: about(WINDOW - 10_000, tick) });
    });
  });
}
