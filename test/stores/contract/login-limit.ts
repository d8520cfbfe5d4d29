import type { Milliseconds } from '../../../src/domain/clock.js';
import type { LoginLimit, LoginLimitOptions } from '../../../src/stores/login-limit.js';
import { about } from './about.js';
import type { MakeStore, StoreAtHand } from './store-at-hand.js';

const WINDOW: Milliseconds = 60_000;

/**
 * What every LoginLimit guarantees.
 *
 * @param tick how finely the hand can tell times apart
 */
export function describeLoginLimit(
  name: string,
  makeStore: MakeStore<LoginLimit, LoginLimitOptions>,
  tick: Milliseconds = 1,
): void {
  describe(`${name} is a limit of logins`, () => {
    let hand: StoreAtHand<LoginLimit>;
    const limited = async (perAddress: number, perApp: number) => {
      hand = await makeStore({ perAddress, perApp, window: WINDOW });
    };
    afterEach(() => hand.close());

    /** What became of so many logins, one after the other. */
    const logIn = async (times: number, address = 'a', app = 'x') => {
      const admissions = [];
      for (let i = 0; i < times; i += 1) admissions.push(await hand.store.count(address, app));
      return admissions.map((admission) => (admission.admitted ? 'admitted' : admission.limit));
    };
    const admitted = (times: number) => Array<string>(times).fill('admitted');

    test('lets as many of an address through as its limit, and others', async () => {
      await limited(2, 100);
      expect(await logIn(3)).toEqual([...admitted(2), 'login_by_address']);
      expect(await logIn(2, 'b')).toEqual(admitted(2));
    });

    test('lets as many of an app through as its limit, whatever the addresses, and of other apps', async () => {
      await limited(100, 2);
      expect([...(await logIn(1, 'a')), ...(await logIn(2, 'b'))]).toEqual([...admitted(2), 'login_by_app']);
      expect(await logIn(2, 'a', 'y')).toEqual(admitted(2));
    });

    test('never passes a limit, however many ask at once', async () => {
      await limited(100, 3);
      const all = await Promise.all(Array.from({ length: 20 }, (_, i) => hand.store.count(`a${i}`, 'x')));
      expect(all.filter(({ admitted: isAdmitted }) => isAdmitted)).toHaveLength(3);
    });

    test('takes nothing of the app for an address that is refused', async () => {
      await limited(1, 2);
      await logIn(10, 'a');
      expect(await logIn(2, 'b')).toEqual(['admitted', 'login_by_address']);
    });

    test.each([
      ['address', 1, 100],
      ['app', 100, 1],
    ])(
      'tells how long the window of the %s lasts, which starts with its first login',
      async (_what, byAddress, byApp) => {
        await limited(byAddress, byApp);
        await logIn(1);
        await hand.advance(20_000);
        expect(await hand.store.count('a', 'x')).toMatchObject({ retryAfter: about(WINDOW - 20_000, tick) });
        await hand.advance(WINDOW - 20_000);
        expect(await logIn(2)).toEqual(['admitted', expect.stringContaining('login_by')]);
      },
    );

    /** An admission to take back. */
    const taken = async () => {
      const admission = await hand.store.count('a', 'x');
      if (!admission.admitted) throw new Error('It was not admitted.');
      return admission.takeBack;
    };

    test('does not count what is taken back', async () => {
      await limited(2, 2);
      for (let i = 0; i < 5; i += 1) (await taken())();
      expect(await logIn(3)).toEqual([...admitted(2), 'login_by_address']);
    });

    test('takes nothing back from a window that started since', async () => {
      await limited(2, 2);
      const takeBack = await taken();
      await hand.advance(WINDOW);
      await logIn(2);
      takeBack();
      expect(await logIn(1)).toEqual(['login_by_address']);
    });

    test('starts a whole window after one whose logins were all taken back', async () => {
      await limited(2, 2);
      const takeBack = await taken();
      await hand.advance(WINDOW);
      takeBack();
      expect(await logIn(3)).toEqual([...admitted(2), 'login_by_address']);
    });
  });
}
