import type { Milliseconds } from '../../../src/domain/clock.js';
import type { KeyRing, RingKey } from '../../../src/domain/key-ring.js';
import type { KeyRingStore } from '../../../src/stores/key-ring-store.js';
import { OTHER_APP_ID, readable, sessionKey, user } from '../../harness/people.js';
import type { MakeStore, StoreAtHand } from './store-at-hand.js';

export interface KeyRingLimits {
  /** How long a ring is kept after its last change. */
  readonly keep: Milliseconds;
}

const KEEP: Milliseconds = 60_000;
const alice = user('alice');

/**
 * What every KeyRingStore guarantees.
 *
 * @param tick how finely the hand can tell times apart
 */
export function describeKeyRingStore(
  name: string,
  makeStore: MakeStore<KeyRingStore, KeyRingLimits>,
  tick: Milliseconds = 1,
): void {
  describe(`${name} is a key ring store`, () => {
    let hand: StoreAtHand<KeyRingStore>;
    let store: KeyRingStore;
    beforeEach(async () => {
      hand = await makeStore({ keep: KEEP });
      store = hand.store;
    });
    afterEach(() => hand.close());

    const found = async (owner = alice) => readable(await store.find(owner));

    test('gives a user without a ring the empty one', async () => {
      expect(await found()).toEqual([]);
    });

    test('hands the change of a first key the empty ring', async () => {
      const seen: KeyRing[] = [];
      await store.update(alice, (ring) => {
        seen.push(ring);
        return [ringKey('a')];
      });
      expect(seen.map(readable)).toEqual([[]]);
    });

    test('keeps keys, times and order as the change made them', async () => {
      const ring = [ringKey('b', { supersededAt: null }), ringKey('a', { supersededAt: 1_769_848_200_123 })];
      await store.update(alice, () => ring);
      expect(await found()).toEqual(readable(ring));
    });

    test('hands a change the ring that the change before it made', async () => {
      await store.update(alice, add('a'));
      await store.update(alice, add('b'));
      expect(await found()).toEqual(readable([ringKey('b'), ringKey('a')]));
    });

    test('loses neither of two changes at once', async () => {
      await Promise.all(['a', 'b', 'c'].map((key) => store.update(alice, add(key))));
      const keys = (await store.find(alice)).map(({ key }) => key.revealText());
      expect(keys.sort()).toEqual(['a', 'b', 'c'].map((key) => sessionKey(key).revealText()).sort());
    });

    test.each([
      { after: KEEP - tick, kept: 1 },
      { after: KEEP, kept: 0 },
    ])('has $kept keys of a ring that was last changed $after ms ago', async ({ after, kept }) => {
      await store.update(alice, add('a'));
      await hand.advance(after);
      expect(await found()).toHaveLength(kept);
    });

    test('counts that time from the last change, not from the first', async () => {
      await store.update(alice, add('a'));
      await hand.advance(KEEP - tick);
      await store.update(alice, (ring) => ring);
      await hand.advance(KEEP - tick);
      expect(await found()).toHaveLength(1);
    });

    test('does not keep a ring longer because it is looked at', async () => {
      await store.update(alice, add('a'));
      await hand.advance(KEEP - tick);
      await store.find(alice);
      await hand.advance(tick);
      expect(await found()).toEqual([]);
    });

    test('hands a change the empty ring in the place of an expired one', async () => {
      await store.update(alice, add('a'));
      await hand.advance(KEEP);
      await store.update(alice, add('b'));
      expect(await found()).toEqual(readable([ringKey('b')]));
    });

    test.each([
      ['another user', user('bob')],
      ['the same openid in another Mini Program', user('alice', OTHER_APP_ID)],
    ])('keeps the ring of %s apart', async (_, other) => {
      await store.update(alice, add('a'));
      await store.update(other, add('b'));
      expect(await found()).toEqual(readable([ringKey('a')]));
      expect(await found(other)).toEqual(readable([ringKey('b')]));
    });
  });
}

const add = (name: string) => (ring: KeyRing) => [ringKey(name), ...ring];

function ringKey(name: string, times: Partial<RingKey> = {}): RingKey {
  return {
    key: sessionKey(name),
    askedAt: 1_769_848_200_000,
    learnedAt: 1_769_848_200_050,
    supersededAt: null,
    ...times,
  };
}
