import type { Instant, Milliseconds } from '../../../src/domain/clock.js';
import { type KeyRing, learn, type RingKey } from '../../../src/domain/key-ring.js';
import type { KeyRingStore } from '../../../src/stores/key-ring-store.js';
import type { SessionStore } from '../../../src/stores/session-store.js';
import { learnedKey, OTHER_APP_ID, readable, sessionKey, user } from '../../harness/people.js';
import type { MakeStore, StoreAtHand } from './store-at-hand.js';

export interface KeyRingLimits {
  /** How long a ring is kept after its last change. */
  readonly keep: Milliseconds;
}

/** The rings, and the sessions whose start changes them. */
export interface RingStores {
  readonly rings: KeyRingStore;
  readonly sessions: SessionStore;
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
  makeStore: MakeStore<RingStores, KeyRingLimits>,
  tick: Milliseconds = 1,
): void {
  describe(`${name} is a key ring store`, () => {
    let hand: StoreAtHand<RingStores>;
    beforeEach(async () => {
      hand = await makeStore({ keep: KEEP });
    });
    afterEach(() => hand.close());

    const find = (owner = alice) => hand.store.rings.find(owner);
    const found = async (owner = alice) => readable(await find(owner));
    const logIn = (key: string, owner = alice, askedAt?: Instant) =>
      hand.store.sessions.create({ ...owner, unionId: null }, learnedKey(key, askedAt));

    test('gives a user without a ring the empty one', async () => {
      expect(await found()).toEqual([]);
    });

    test('keeps keys, times and order as they were learned, one after the other', async () => {
      await logIn('a', alice, 1_000);
      await logIn('b', alice, 2_000);
      expect(await found()).toEqual(readable([ringKey('b', 2_000), ringKey('a', 1_000, 2_050)]));
    });

    test('is what learning the keys of many logins one by one comes to, however many', async () => {
      let ring: KeyRing = [];
      for (let i = 0; i < 25; i += 1) {
        // Keys come back, and every fifth is told late.
        const key = `key ${(i * i) % 7}`;
        const askedAt = 1_000 * i - (i % 5 === 0 ? 2_500 : 0);
        ring = learn(ring, learnedKey(key, askedAt));
        await logIn(key, alice, askedAt);
        expect(await found()).toEqual(readable(ring));
      }
    });

    test('loses neither of two changes at once', async () => {
      await Promise.all(['a', 'b', 'c'].map((key) => logIn(key)));
      const keys = (await find()).map(({ key }) => key.revealText());
      expect(keys.sort()).toEqual(['a', 'b', 'c'].map((key) => sessionKey(key).revealText()).sort());
    });

    test('gives a session the ring of its start, and every later one', async () => {
      const { session } = await logIn('a');
      expect(readable(await hand.store.rings.find(session))).toEqual(readable([ringKey('a')]));
      await logIn('b');
      expect(readable(await hand.store.rings.find(session))).toEqual(readable([ringKey('b'), ringKey('a')]));
    });

    test('gives every session of logins at once the ring that they made together', async () => {
      const created = await Promise.all(['a', 'b', 'c'].map((key) => logIn(key)));
      const rings = await Promise.all(created.map(({ session }) => hand.store.rings.find(session)));
      expect(rings.map(({ length }) => length)).toEqual([3, 3, 3]);
    });

    test('keeps the ring of a user whose sessions have ended', async () => {
      await logIn('a');
      await hand.store.sessions.revokeAll(alice);
      expect(await found()).toEqual(readable([ringKey('a')]));
    });

    test('gives a session the ring of a login after its own ring had gone', async () => {
      const { session } = await logIn('a');
      await hand.advance(KEEP);
      await logIn('b');
      expect(readable(await hand.store.rings.find(session))).toEqual(readable([ringKey('b')]));
    });

    test.each([
      { after: KEEP - tick, kept: 1 },
      { after: KEEP, kept: 0 },
    ])('has $kept keys of a ring that was last changed $after ms ago', async ({ after, kept }) => {
      await logIn('a');
      await hand.advance(after);
      expect(await found()).toHaveLength(kept);
    });

    test('counts that time from the last change, not from the first', async () => {
      await logIn('a');
      await hand.advance(KEEP - tick);
      await logIn('a');
      await hand.advance(KEEP - tick);
      expect(await found()).toHaveLength(1);
    });

    test('does not keep a ring longer because it is looked at', async () => {
      await logIn('a');
      await hand.advance(KEEP - tick);
      await find();
      await hand.advance(tick);
      expect(await found()).toEqual([]);
    });

    test('hands a change the empty ring in the place of an expired one', async () => {
      await logIn('a');
      await hand.advance(KEEP);
      await logIn('b');
      expect(await found()).toEqual(readable([ringKey('b')]));
    });

    test.each([
      ['another user', user('bob')],
      ['the same openid in another Mini Program', user('alice', OTHER_APP_ID)],
    ])('keeps the ring of %s apart', async (_, other) => {
      await logIn('a');
      await logIn('b', other);
      expect(await found()).toEqual(readable([ringKey('a')]));
      expect(await found(other)).toEqual(readable([ringKey('b')]));
    });
  });
}

function ringKey(name: string, askedAt?: Instant, supersededAt: Instant | null = null): RingKey {
  return { ...learnedKey(name, askedAt), supersededAt };
}
