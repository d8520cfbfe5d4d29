import type { Fingerprint } from '../../../src/crypto/fingerprint.js';
import { newToken, type Token } from '../../../src/crypto/token.js';
import type { Milliseconds } from '../../../src/domain/clock.js';
import type { Session } from '../../../src/domain/session.js';
import type { NewSession, SessionStore } from '../../../src/stores/session-store.js';
import { learnedKey, OTHER_APP_ID, user } from '../../harness/people.js';
import { about } from './about.js';
import type { MakeStore, StoreAtHand } from './store-at-hand.js';

export interface SessionLimits {
  readonly perUser: number;
  readonly idle: Milliseconds;
  readonly absolute: Milliseconds;
}

const PER_USER = 2;
const IDLE: Milliseconds = 10_000;
const ABSOLUTE: Milliseconds = 35_000;

const alice = { ...user('alice'), unionId: 'u-alice' };
const bob = { ...user('bob'), unionId: null };

/**
 * What every SessionStore guarantees.
 *
 * @param tick how finely the hand can tell times apart
 */
export function describeSessionStore(
  name: string,
  makeStore: MakeStore<SessionStore, SessionLimits>,
  tick: Milliseconds = 1,
): void {
  describe(`${name} is a session store`, () => {
    let hand: StoreAtHand<SessionStore>;
    let store: SessionStore;
    beforeEach(async () => {
      hand = await makeStore({ perUser: PER_USER, idle: IDLE, absolute: ABSOLUTE });
      store = hand.store;
      tokens.clear();
    });
    afterEach(() => hand.close());

    /** The tokens by the names that a test gives them. */
    const tokens = new Map<string, Token>();
    const token = (name: string) => tokens.get(name) ?? newToken();
    const create = async (name: string, owner: NewSession): Promise<Session> => {
      const created = await store.create(owner, learnedKey('a'));
      tokens.set(name, created.token);
      return created.session;
    };
    const isLive = async (name: string) => (await store.find(token(name))) !== undefined;
    /** Which of these are live, asked at once. */
    const live = async (...texts: string[]) => {
      const found = await Promise.all(texts.map(isLive));
      return texts.filter((_, i) => found[i]);
    };

    test('finds a session by its id, which is not its token, and as long as by its token', async () => {
      const { id } = await create('a', alice);
      expect(id).not.toContain(token('a'));
      expect(await store.findById(id as Fingerprint)).toEqual(await store.find(token('a')));
      expect((await create('b', alice)).id).not.toBe(id);
      await store.revoke(token('a'));
      expect(await store.findById(id as Fingerprint)).toBeUndefined();
    });

    test.each([alice, bob])('finds the session that it created for %o', async (owner) => {
      const created = await create('a', owner);
      expect(created).toMatchObject(owner);
      expect(created.expiresAt - created.createdAt).toBe(ABSOLUTE);
      expect(await store.find(token('a'))).toEqual(created);
    });

    test('tells the same session however often it is found', async () => {
      const created = await create('a', alice);
      await hand.advance(IDLE - tick);
      await store.find(token('a'));
      await hand.advance(IDLE - tick);
      expect(await store.find(token('a'))).toEqual(created);
    });

    test('gives each session a token of its own', async () => {
      for (const name of ['a', 'b']) await create(name, alice);
      expect(new Set(tokens.values()).size).toBe(2);
    });

    test('starts a session by its own time', async () => {
      const first = await create('a', alice);
      await hand.advance(1234);
      const second = await create('b', alice);
      expect(second.createdAt - first.createdAt).toEqual(about(1234, tick));
    });

    test('has no session for a token that it does not know', async () => {
      await create('a', alice);
      expect(await store.find(token('b'))).toBeUndefined();
    });

    test.each([
      { unused: IDLE - tick, lives: true },
      { unused: IDLE, lives: false },
      { unused: ABSOLUTE + tick, lives: false },
    ])('lets a session that is unused for $unused ms live: $lives', async ({ unused, lives }) => {
      await create('a', alice);
      await hand.advance(unused);
      expect(await isLive('a')).toBe(lives);
    });

    test('counts a look-up as a use', async () => {
      await create('a', alice);
      await hand.advance(IDLE - tick);
      await store.find(token('a'));
      await hand.advance(IDLE - tick);
      expect(await isLive('a')).toBe(true);
    });

    test.each(['a', 'b'])('a use of the session %s prolongs no other one of its user', async (used) => {
      for (const text of ['a', 'b']) await create(text, alice);
      await hand.advance(IDLE - tick);
      await store.find(token(used));
      await hand.advance(tick);
      expect(await live('a', 'b')).toEqual([used]);
    });

    test('does not revive an expired session that is looked up', async () => {
      await create('a', alice);
      await hand.advance(IDLE);
      expect([await isLive('a'), await isLive('a')]).toEqual([false, false]);
    });

    test.each([
      { age: ABSOLUTE - tick, lives: true },
      { age: ABSOLUTE, lives: false },
    ])('lets a session in steady use live at the age of $age ms: $lives', async ({ age, lives }) => {
      await create('a', alice);
      const step = IDLE / 2;
      for (let passed = 0; passed + step < age; passed += step) {
        await hand.advance(step);
        await store.find(token('a'));
      }
      await hand.advance(age % step === 0 ? step : age % step);
      expect(await isLive('a')).toBe(lives);
    });

    test('ends the oldest session of a user who has one too many, however lately it was used', async () => {
      for (const text of ['a', 'b']) await create(text, alice);
      await store.find(token('a'));
      await create('c', alice);
      expect(await live('a', 'b', 'c')).toEqual(['b', 'c']);
    });

    test('does not count an expired session against the limit of a user', async () => {
      for (const text of ['a', 'b']) await create(text, alice);
      await hand.advance(IDLE - tick);
      await store.find(token('a'));
      await hand.advance(tick);
      await create('c', alice);
      expect(await live('a', 'b', 'c')).toEqual(['a', 'c']);
    });

    test('does not count a revoked session against the limit of a user', async () => {
      for (const text of ['a', 'b']) await create(text, alice);
      await store.revoke(token('b'));
      await create('c', alice);
      expect(await live('a', 'b', 'c')).toEqual(['a', 'c']);
    });

    test('keeps the limit of a user where sessions are created at once', async () => {
      const texts = ['a', 'b', 'c', 'd', 'e', 'f'];
      await Promise.all(texts.map((text) => create(text, alice)));
      expect(await live(...texts)).toHaveLength(PER_USER);
    });

    test.each([
      ['another user', bob],
      ['the same openid in another Mini Program', { ...user('alice', OTHER_APP_ID), unionId: null }],
    ])('leaves the sessions of %s alone', async (_, other) => {
      await create('other', other);
      for (const text of ['a', 'b', 'c']) await create(text, alice);
      expect(await store.revokeAll(alice)).toBe(PER_USER);
      expect(await live('a', 'b', 'c', 'other')).toEqual(['other']);
    });

    test('has a revoked session no more, and revokes it once', async () => {
      for (const text of ['a', 'b']) await create(text, alice);
      expect(await store.revoke(token('a'))).toBe(1);
      expect(await store.revoke(token('a'))).toBe(0);
      expect(await live('a', 'b')).toEqual(['b']);
    });

    test('revokes nothing where there is no live session', async () => {
      await create('a', alice);
      await hand.advance(IDLE);
      expect(await store.revoke(token('unknown'))).toBe(0);
      expect(await store.revoke(token('a'))).toBe(0);
      expect(await store.revokeAll(alice)).toBe(0);
      expect(await store.revokeAll(bob)).toBe(0);
    });

    test('revokes every session of a user and counts the live ones', async () => {
      for (const text of ['a', 'b']) await create(text, alice);
      await hand.advance(IDLE - tick);
      await store.find(token('b'));
      await hand.advance(tick);
      expect(await store.revokeAll(alice)).toBe(1);
      expect(await store.revokeAll(alice)).toBe(0);
      expect(await live('a', 'b')).toEqual([]);
    });

    test('gives a user whose sessions were revoked new ones', async () => {
      await create('a', alice);
      await store.revokeAll(alice);
      await create('b', alice);
      expect(await live('a', 'b')).toEqual(['b']);
    });
  });
}
