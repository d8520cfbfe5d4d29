import type { Milliseconds } from '../../../src/domain/clock.js';
import type { RateLimit, RateLimitOptions } from '../../../src/stores/rate-limit.js';
import { about } from './about.js';
import type { MakeStore, StoreAtHand } from './store-at-hand.js';

const LIMIT = 3;
const WINDOW: Milliseconds = 60_000;

/**
 * What every RateLimit guarantees.
 *
 * @param tick how finely the hand can tell times apart
 */
export function describeRateLimit(
  name: string,
  makeStore: MakeStore<RateLimit, RateLimitOptions>,
  tick: Milliseconds = 1,
): void {
  describe(`${name} is a rate limit`, () => {
    let hand: StoreAtHand<RateLimit>;
    beforeEach(async () => {
      hand = await makeStore({ name: 'login_by_address', limit: LIMIT, window: WINDOW });
    });
    afterEach(() => hand.close());

    const isAdmitted = async (subject: string) => (await hand.store.count(subject)).admitted;
    /** Asks as often as this, one after the other, and tells how many were let through. */
    const admitted = async (times: number, subject: string) => {
      let count = 0;
      for (let i = 0; i < times; i += 1) if (await isAdmitted(subject)) count += 1;
      return count;
    };

    test('lets as many through as the limit, and no more', async () => {
      expect(await admitted(LIMIT + 2, 'a')).toBe(LIMIT);
    });

    test('never passes the limit, however many ask at once', async () => {
      const all = await Promise.all(Array.from({ length: 20 }, () => isAdmitted('a')));
      expect(all.filter(Boolean)).toHaveLength(LIMIT);
    });

    test('counts each subject by itself', async () => {
      await admitted(LIMIT + 1, 'a');
      expect(await admitted(LIMIT + 1, 'b')).toBe(LIMIT);
    });

    test.each([
      { after: 0, left: WINDOW },
      { after: 20_000, left: WINDOW - 20_000 },
      { after: WINDOW - 2 * tick, left: 2 * tick },
    ])('says $after ms after the first request how long the window lasts', async ({ after, left }) => {
      await admitted(LIMIT, 'a');
      await hand.advance(after);
      expect(await hand.store.count('a')).toEqual({ admitted: false, retryAfter: about(left, tick) });
    });

    test('starts the window with the first request, not with the last', async () => {
      await admitted(LIMIT - 1, 'a');
      await hand.advance(WINDOW - tick);
      await admitted(1, 'a');
      expect(await isAdmitted('a')).toBe(false);
      await hand.advance(tick);
      expect(await isAdmitted('a')).toBe(true);
    });

    test('lets as many through in the next window, however often it refused in this one', async () => {
      await admitted(LIMIT + 10, 'a');
      await hand.advance(WINDOW);
      expect(await admitted(LIMIT + 1, 'a')).toBe(LIMIT);
    });
  });
}
