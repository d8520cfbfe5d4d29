import type { Milliseconds } from '../../../src/domain/clock.js';
import type { KeyRing, RingKey } from '../../../src/domain/key-ring.js';
import type { KeyRingStore } from '../../../src/stores/key-ring-store.js';
import type { SessionStore } from '../../../src/stores/session-store.js';
import { OTHER_APP_ID, readable, sessionKey, user } from '../../harness/people.js';
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
    const logIn = (learn: (ring: KeyRing) => KeyRing, owner = alice) =>
      hand.store.sessions.create({ ...owner, unionId: null }, learn);

    test('gives a user without a ring the empty one', async () => {
      expect(await found()).toEqual([]);
    });

    test('hands the change of a first key the empty ring', async () => {
      const seen: KeyRing[] = [];
      await logIn((ring) => {
        seen.push(ring);
        return [ringKey('a')];
      });
      expect(seen.map(readable)).toEqual([[]]);
    });

    test('keeps keys, times and order as the change made them', async () => {
      const ring = [ringKey('b', { supersededAt: null }), ringKey('a', { supersededAt: 1_769_848_200_123 })];
      await logIn(() => ring);
      expect(await found()).toEqual(readable(ring));
    });

    test('hands a change the ring that the change before it made', async () => {
      await logIn(add('a'));
      await logIn(add('b'));
      expect(await found()).toEqual(readable([ringKey('b'), ringKey('a')]));
    });

    test('loses neither of two changes at once', async () => {
      await Promise.all(['a', 'b', 'c'].map((key) => logIn(add(key))));
      const keys = (await find()).map(({ key }) => key.revealText());
      expect(keys.sort()).toEqual(['a', 'b', 'c'].map((key) => sessionKey(key).revealText()).sort());
    });

    test('gives a session the ring of its start, and every later one', async () => {
      const { session } = await logIn(add('a'));
      expect(readable(await hand.store.rings.find(session))).toEqual(readable([ringKey('a')]));
      await logIn(add('b'));
      expect(readable(await hand.store.rings.find(session))).toEqual(readable([ringKey('b'), ringKey('a')]));
    });

    test('gives every session of logins at once the ring that they made together', async () => {
      const created = await Promise.all(['a', 'b', 'c'].map((key) => logIn(add(key))));
      const rings = await Promise.all(created.map(({ session }) => hand.store.rings.find(session)));
      expect(rings.map(({ length }) => length)).toEqual([3, 3, 3]);
    });

    test('keeps the ring of a user whose sessions have ended', async () => {
      await logIn(add('a'));
      await hand.store.sessions.revokeAll(alice);
      expect(await found()).toEqual(readable([ringKey('a')]));
    });

    test('gives a session the ring of a login after its own ring had gone', async () => {
      const { session } = await logIn(add('a'));
      await hand.advance(KEEP);
      await logIn(add('b'));
      expect(readable(await hand.store.rings.find(session))).toEqual(readable([ringKey('b')]));
    });

    test.each([
      { after: KEEP - tick, kept: 1 },
      { after: KEEP, kept: 0 },
    ])('has $kept keys of a ring that was last changed $after ms ago', async ({ after, kept }) => {
      await logIn(add('a'));
      await hand.advance(after);
      expect(await found()).toHaveLength(kept);
    });

    test('counts that time from the last change, not from the first', async () => {
      await logIn(add('a'));
      await hand.advance(KEEP - tick);
      await logIn((ring) => ring);
      await hand.advance(KEEP - tick);
      expect(await found()).toHaveLength(1);
    });

    test('does not keep a ring longer because it is looked at', async () => {
      await logIn(add('a'));
      await hand.advance(KEEP - tick);
      await find();
      await hand.advance(tick);
      expect(await found()).toEqual([]);
    });

    test('hands a change the empty ring in the place of an expired one', async () => {
      await logIn(add('a'));
      await hand.advance(KEEP);
      await logIn(add('b'));
      expect(await found()).toEqual(readable([ringKey('b')]));
    });

    test.each([
      ['another user', user('bob')],
      ['the same openid in another Mini Program', user('alice', OTHER_APP_ID)],
    ])('keeps the ring of %s apart', async (_, other) => {
      await logIn(add('a'));
      await logIn(add('b'), other);
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
