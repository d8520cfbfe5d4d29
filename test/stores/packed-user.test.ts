import fc from 'fast-check';
import { fingerprint } from '../../src/crypto/fingerprint.js';
import type { AppId, OpenId } from '../../src/domain/app.js';
import { SessionKey } from '../../src/domain/session-key.js';
import { packedId } from '../../src/stores/memory/packed-bytes.js';
import {
  appIdOf,
  openIdOf,
  ringOf,
  sessionOf,
  sessionsOf,
  recordKey,
  withRing,
  withSessions,
} from '../../src/stores/memory/packed-user.js';
import { readable } from '../harness/people.js';

const instant = fc.integer({ min: 0, max: 2 ** 48 - 1 });
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
    unionId: fc.option(id),
  }),
  { maxLength: 100 },
);

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
      const ringFirst = withSessions(withRing(undefined, keys, 10), those);
      const sessionsFirst = withRing(withSessions(undefined, those), keys, 10);
      expect(ringFirst).toBe(sessionsFirst);
      expect(readable(ringOf(ringFirst, 9))).toEqual(readable(keys));
      expect(sessionsOf(ringFirst)).toEqual(those);
      for (const { tokenId } of those) {
        expect(sessionOf(ringFirst, tokenId)).toEqual(those.find((one) => one.tokenId === tokenId));
      }
      expect(sessionOf(ringFirst, packedId(fingerprint('token', 'of nobody')))).toBeUndefined();
    }),
  );
});

test('writing one leaves the other as it was', () => {
  fc.assert(
    fc.property(ring, ring, sessions, sessions, (keys, otherKeys, those, others) => {
      const record = withSessions(withRing(undefined, keys, 10), those);
      expect(sessionsOf(withRing(record, otherKeys, 20))).toEqual(those);
      expect(readable(ringOf(withSessions(record, others), 9))).toEqual(readable(keys));
    }),
  );
});

test('a ring is empty from the instant on that it ends', () => {
  const record = withRing(
    undefined,
    [{ key: SessionKey.fromLatin1('\0'.repeat(16)), askedAt: 1, learnedAt: 2, supersededAt: null }],
    10,
  );
  expect([ringOf(record, 9).length, ringOf(record, 10).length]).toEqual([1, 0]);
});
