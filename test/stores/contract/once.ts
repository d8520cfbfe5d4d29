import { type Fingerprint, fingerprint } from '../../../src/crypto/fingerprint.js';
import type { Milliseconds } from '../../../src/domain/clock.js';
import type { Claim, Once, Settlement } from '../../../src/stores/once.js';
import type { MakeStore, StoreAtHand } from './store-at-hand.js';

const ANSWER_FOR: Milliseconds = 60_000;
const USED_FOR: Milliseconds = 300_000;

/**
 * What every Once guarantees.
 *
 * @param tick how finely the hand can tell times apart
 */
export function describeOnce(name: string, makeStore: MakeStore<Once, undefined>, tick: Milliseconds = 1): void {
  describe(`${name} does work once`, () => {
    let hand: StoreAtHand<Once>;
    beforeEach(async () => {
      hand = await makeStore(undefined);
    });
    afterEach(() => hand.close());

    const claim = (text = 'a') => hand.store.claim(id(text));
    const claims = (count: number) => Array.from({ length: count }, () => claim());

    test('gives the work to the first who claims it', async () => {
      expect((await claim()).state).toBe('mine');
    });

    test('gives the work to one of many who claim it at once, and its answer to the others', async () => {
      const all = claims(8);
      await mine(await Promise.race(all)).keep('done', ANSWER_FOR, USED_FOR);
      const states = (await Promise.all(all)).map(described).sort();
      expect(states).toEqual([...Array<string>(7).fill('answered: done'), 'mine']);
    });

    test('gives the answer to those who claim while the work runs, also where it is not kept for later', async () => {
      const work = mine(await claim());
      const waiting = claims(2);
      await work.keep('done', 0, USED_FOR);
      expect((await Promise.all(waiting)).map(described)).toEqual(['answered: done', 'answered: done']);
      expect(described(await claim())).toBe('used');
    });

    test.each([
      { after: 0, state: 'answered: done' },
      { after: ANSWER_FOR - tick, state: 'answered: done' },
      { after: ANSWER_FOR, state: 'used' },
      { after: USED_FOR - tick, state: 'used' },
      { after: USED_FOR, state: 'mine' },
    ])('says "$state" $after ms after the work was done', async ({ after, state }) => {
      await mine(await claim()).keep('done', ANSWER_FOR, USED_FOR);
      await hand.advance(after);
      expect(described(await claim())).toBe(state);
    });

    test('gives the answer letter by letter, in any script', async () => {
      await mine(await claim()).keep('{"手机":"ключ 😀"}', ANSWER_FOR, USED_FOR);
      expect(described(await claim())).toBe('answered: {"手机":"ключ 😀"}');
    });

    test('counts these times from the end of the work', async () => {
      const work = mine(await claim());
      await hand.advance(10_000);
      await work.keep('done', ANSWER_FOR, USED_FOR);
      await hand.advance(ANSWER_FOR - tick);
      expect(described(await claim())).toBe('answered: done');
    });

    test('keeps no answer longer because it is asked for', async () => {
      await mine(await claim()).keep('done', ANSWER_FOR, USED_FOR);
      await hand.advance(ANSWER_FOR - tick);
      await claim();
      await hand.advance(tick);
      expect(described(await claim())).toBe('used');
    });

    test('does the work anew, with a new answer, where the use of an id is forgotten', async () => {
      await mine(await claim()).keep('first', ANSWER_FOR, USED_FOR);
      await hand.advance(USED_FOR);
      await mine(await claim()).keep('second', ANSWER_FOR, USED_FOR);
      expect(described(await claim())).toBe('answered: second');
    });

    test('frees an id that is released, and tells those who are waiting', async () => {
      const work = mine(await claim());
      const waiting = claims(3);
      await work.release('not now');
      expect((await Promise.all(waiting)).map(described)).toEqual(Array<string>(3).fill('answered: not now'));
      expect(described(await claim())).toBe('mine');
    });

    test('gives a released id to one of many', async () => {
      await mine(await claim()).release('not now');
      const all = claims(5);
      await mine(await Promise.race(all)).keep('done', ANSWER_FOR, USED_FOR);
      const states = (await Promise.all(all)).map(described);
      expect(states.filter((state) => state === 'mine')).toHaveLength(1);
    });

    test('keeps ids apart', async () => {
      const work = mine(await claim('a'));
      await mine(await claim('b')).keep('of b', ANSWER_FOR, USED_FOR);
      await work.keep('of a', ANSWER_FOR, USED_FOR);
      expect([await claim('a'), await claim('b'), await claim('c')].map(described)).toEqual([
        'answered: of a',
        'answered: of b',
        'mine',
      ]);
    });
  });
}

function mine(claim: Claim): Settlement {
  if (claim.state !== 'mine') throw new Error(`The claim is ${claim.state}.`);
  return claim;
}

function described(claim: Claim): string {
  return claim.state === 'answered' ? `answered: ${claim.answer}` : claim.state;
}

function id(text: string): Fingerprint {
  return fingerprint('login-code', text);
}
