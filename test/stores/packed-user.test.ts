import fc from 'fast-check';
import { fingerprint } from '../../src/crypto/fingerprint.js';
import type { AppId, OpenId } from '../../src/domain/app.js';
import { SessionKey } from '../../src/domain/session-key.js';
import { packedId, packedInstant } from '../../src/stores/memory/packed-bytes.js';
import {
  appIdOf,
  type FoundSession,
  openIdOf,
  ringOf,
  sessionOf,
  sessionsOf,
  recordKey,
  withRing,
  type PackedSession,
  withSessions,
} from '../../src/stores/memory/packed-user.js';
import { readable } from '../harness/people.js';

const FIRST = Date.UTC(2020);
const instant = fc.integer({ min: FIRST, max: FIRST + 2 ** 40 - 1 });
const hex = fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,128}$/);
const ring = fc.array(
  fc.record({
    key: fc
      .uint8Array({ minLength: 16, maxLength: 16 })
      .map((bytes) => SessionKey.fromLatin1(Buffer.from(bytes).toString('latin1'))),
    askedAt: instant,
    learnedAt: instant,
    supersededAt: fc.option(instant),
  }),
  { maxLength: 3 },
);
const sessions = fc.array(
  fc.record({
    tokenId: fc.string().map((text) => packedId(fingerprint('token', text))),
    createdAt: instant,
    usedAt: instant,
    unionId: fc.option(id),
  }),
  { maxLength: 100 },
);

/** The sessions as they were written. */
function written(sessions: readonly FoundSession[]): PackedSession[] {
  return sessions.map(({ tokenId, createdAt, usedAt, unionId }) => ({ tokenId, createdAt, usedAt, unionId }));
}

test('a packed id is the first 16 bytes of its fingerprint', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const id = fingerprint('token', text);
      expect(packedId(id)).toBe(Buffer.from(id, 'base64url').toString('latin1', 0, 16));
    }),
  );
});

test('a user is read from their key as they were written', () => {
  fc.assert(
    fc.property(hex, id, (digits, openId) => {
      const user = { appId: `wx${digits}` as AppId, openId: openId as OpenId };
      const key = recordKey(user);
      expect({ appId: appIdOf(key), openId: openIdOf(key) }).toEqual(user);
    }),
  );
});

test('a ring and sessions are read as they were written, whichever was written first', () => {
  fc.assert(
    fc.property(ring, sessions, (keys, those) => {
      const ringFirst = withSessions(withRing(undefined, keys, FIRST + 10), those);
      const sessionsFirst = withRing(withSessions(undefined, those), keys, FIRST + 10);
      expect(ringFirst).toBe(sessionsFirst);
      expect(readable(ringOf(ringFirst, FIRST + 9))).toEqual(readable(keys));
      expect(written(sessionsOf(ringFirst))).toEqual(those);
      for (const { tokenId } of those) {
        const found = sessionOf(ringFirst, tokenId);
        expect(found && written([found])).toEqual([those.find((one) => one.tokenId === tokenId)]);
      }
      expect(sessionOf(ringFirst, packedId(fingerprint('token', 'of nobody')))).toBeUndefined();
    }),
  );
});

test('writing one leaves the other as it was', () => {
  fc.assert(
    fc.property(ring, ring, sessions, sessions, (keys, otherKeys, those, others) => {
      const record = withSessions(withRing(undefined, keys, FIRST + 10), those);
      expect(written(sessionsOf(withRing(record, otherKeys, FIRST + 20)))).toEqual(those);
      expect(readable(ringOf(withSessions(record, others), FIRST + 9))).toEqual(readable(keys));
    }),
  );
});

test('a ring is empty from the instant on that it ends', () => {
  const record = withRing(
    undefined,
    [{ key: SessionKey.fromLatin1('\0'.repeat(16)), askedAt: FIRST, learnedAt: FIRST, supersededAt: null }],
    FIRST + 10,
  );
  expect([ringOf(record, FIRST + 9).length, ringOf(record, FIRST + 10).length]).toEqual([1, 0]);
});

test('a session says where its record has the instant of its last use', () => {
  fc.assert(
    fc.property(ring, sessions, instant, (keys, those, usedAt) => {
      const record = withSessions(withRing(undefined, keys, FIRST + 10), those);
      sessionsOf(record).forEach(({ usedAtPlace }, used) => {
        const after = usedAtPlace + packedInstant(usedAt).length;
        const changed = record.slice(0, usedAtPlace) + packedInstant(usedAt) + record.slice(after);
        expect(written(sessionsOf(changed))).toEqual(those.map((one, i) => (i === used ? { ...one, usedAt } : one)));
      });
    }),
  );
});

test.each([
  ['1970', 0, Date.UTC(2020)],
  ['2019', Date.UTC(2020) - 1, Date.UTC(2020)],
  ['2020', Date.UTC(2020), Date.UTC(2020)],
  ['2054', Date.UTC(2020) + 2 ** 40 - 1, Date.UTC(2020) + 2 ** 40 - 1],
  ['2055', Date.UTC(2055), Date.UTC(2020) + 2 ** 40 - 1],
])('an instant of %s is kept as the nearest one that fits', (_, at, kept) => {
  const record = withSessions(undefined, [{ tokenId: '\0'.repeat(16), createdAt: at, usedAt: at, unionId: null }]);
  expect(sessionsOf(record)).toMatchObject([{ createdAt: kept, usedAt: kept }]);
});
