import { type Fingerprint, fingerprint } from '../../../src/crypto/fingerprint.js';
import type { Milliseconds } from '../../../src/domain/clock.js';
import type { FailureBudget, Reservation } from '../../../src/stores/failure-budget.js';
import { user } from '../../harness/people.js';
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

    const reserve = (...names: string[]) => hand.store.reserve(user('alice'), names.map(key));
    const granted = async (...names: string[]) => (await reserve(...names)).granted;
    /** Fails as often as this with a key, and reports how often it was let. */
    const failures = async (times: number, name: string) => {
      let count = 0;
      for (let i = 0; i < times; i++) if (await granted(name)) count++;
      return count;
    };

    test('grants as many failures of a key as the limit, and no more', async () => {
      expect(await failures(LIMIT + 2, 'a')).toBe(LIMIT);
    });

    test('never passes the limit, however many reserve at once', async () => {
      const reservations = await Promise.all(Array.from({ length: 20 }, () => reserve('a')));
      expect(reservations.filter((reservation) => reservation.granted)).toHaveLength(LIMIT);
    });

    test('never passes the limit of a key that many sets of keys share', async () => {
      const reservations = await Promise.all(Array.from({ length: 20 }, (_, i) => reserve(`own ${i}`, 'shared')));
      expect(reservations.filter((reservation) => reservation.granted)).toHaveLength(LIMIT);
    });

    test('charges every key of a reservation', async () => {
      for (let i = 0; i < LIMIT; i++) await reserve('a', 'b', 'c');
      expect([await granted('a'), await granted('b'), await granted('c')]).toEqual([false, false, false]);
    });

    test('charges no key of a reservation that it does not grant', async () => {
      await failures(LIMIT, 'spent');
      for (const keys of [
        ['a', 'spent'],
        ['spent', 'a'],
      ]) {
        expect(await granted(...keys)).toBe(false);
      }
      expect(await failures(LIMIT + 1, 'a')).toBe(LIMIT);
    });

    test('leaves other keys alone', async () => {
      await failures(LIMIT, 'a');
      expect(await failures(LIMIT + 1, 'b')).toBe(LIMIT);
    });

    test('grants a reservation of no key at all', async () => {
      expect(await granted()).toBe(true);
    });

    test('takes a failure back that did not happen', async () => {
      await failures(LIMIT - 1, 'a');
      await giveBack(await reserve('a'));
      expect(await failures(LIMIT, 'a')).toBe(1);
    });

    test('takes a failure back for every key of the reservation', async () => {
      const reservation = await reserve('a', 'b');
      await giveBack(reservation);
      expect([await failures(LIMIT + 1, 'a'), await failures(LIMIT + 1, 'b')]).toEqual([LIMIT, LIMIT]);
    });

    test('takes the failures of a reservation back once, however often it is asked to', async () => {
      await failures(LIMIT - 1, 'a');
      const reservation = await reserve('a');
      await giveBack(reservation);
      await giveBack(reservation);
      expect(await failures(LIMIT, 'a')).toBe(1);
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

    test('starts no window with a failure that was taken back', async () => {
      await giveBack(await reserve('a'));
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
      expect(await reserve('a')).toEqual({ granted: false, retryAfter: about(WINDOW, tick) });
      await hand.advance(WINDOW - tick);
      expect(await reserve('a')).toEqual({ granted: false, retryAfter: about(tick, tick) });
    });

    test('tells how long until the last of several spent keys is fresh, whatever the keys that are not spent', async () => {
      await failures(LIMIT, 'a');
      await hand.advance(10_000);
      await failures(LIMIT, 'b');
      await hand.advance(10_000);
      await failures(1, 'fresh');
      expect(await reserve('b', 'a', 'fresh')).toEqual({ granted: false, retryAfter: about(WINDOW - 10_000, tick) });
    });

    test('does not refill a new window with what is given back from an old one', async () => {
      const early = await reserve('a');
      await hand.advance(WINDOW);
      await failures(LIMIT, 'a');
      await giveBack(early);
      expect(await granted('a')).toBe(false);
    });

    test('does not refill a window that starts after what is given back late', async () => {
      const early = await reserve('a');
      await hand.advance(WINDOW);
      await giveBack(early);
      expect(await failures(LIMIT + 1, 'a')).toBe(LIMIT);
    });
  });
}

async function giveBack(reservation: Reservation): Promise<void> {
  if (!reservation.granted) throw new Error('This reservation was not granted.');
  await reservation.giveBack();
}

function key(name: string): Fingerprint {
  return fingerprint('session-key', name);
}
