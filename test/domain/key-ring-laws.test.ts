import fc from 'fast-check';
import { KEY_RING_SIZE, type KeyRing, type RingKey } from '../../src/domain/key-ring.js';
import type { SessionKey } from '../../src/domain/session-key.js';
import { learn } from '../../src/domain/key-ring.js';
import { sessionKey } from '../harness/people.js';

interface Call {
  readonly key: SessionKey;
  readonly askedAt: number;
  readonly learnedAt: number;
}

const keys = ['a', 'b', 'c', 'd', 'e'].map(sessionKey);
const call: fc.Arbitrary<Call> = fc
  .record({ key: fc.constantFrom(...keys), askedAt: fc.nat(60), took: fc.nat(25) })
  .map(({ key, askedAt, took }) => ({ key, askedAt, learnedAt: askedAt + took }));
/** Calls whose news comes in any order at all. */
const calls = fc.array(call, { minLength: 1, maxLength: 12 });
const RUNS = { numRuns: 2000 };

const after = (told: readonly Call[], ring: KeyRing = []) => told.reduce<KeyRing>(learn, ring);
const texts = (ring: KeyRing) => ring.map(({ key }) => key.revealText());
const current = (ring: KeyRing) => texts(ring.filter(({ supersededAt }) => supersededAt === null)).sort();

test('a ring never has more than three keys, and no key twice', () => {
  fc.assert(
    fc.property(calls, (told) => {
      const ring = after(told);
      expect(ring.length).toBeLessThanOrEqual(KEY_RING_SIZE);
      expect(new Set(texts(ring)).size).toBe(ring.length);
    }),
    RUNS,
  );
});

test('a ring has a current key, whatever is told in whatever order', () => {
  fc.assert(
    fc.property(calls, (told) => {
      expect(current(after(told))).not.toEqual([]);
    }),
    RUNS,
  );
});

test('a ring is in the order of the answers, the newest first', () => {
  fc.assert(
    fc.property(calls, (told) => {
      const learned = after(told).map(({ learnedAt }) => learnedAt);
      expect(learned).toEqual([...learned].sort((a, b) => b - a));
    }),
    RUNS,
  );
});

test('a key is superseded after it was learned, never before', () => {
  fc.assert(
    fc.property(calls, (told) => {
      for (const { learnedAt, supersededAt } of after(told)) {
        expect(supersededAt ?? Infinity).toBeGreaterThan(learnedAt);
      }
    }),
    RUNS,
  );
});

test('after calls one by one, the last answer brought the one current key', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...keys), { minLength: 1, maxLength: 12 }), (brought) => {
      const told = brought.map((key, i) => ({ key, askedAt: 10 * i, learnedAt: 10 * i + 5 }));
      expect(current(after(told))).toEqual([brought.at(-1)?.revealText()]);
    }),
    RUNS,
  );
});

test('two overlapping calls that bring two keys leave the same current keys, whichever is told first', () => {
  const overlapping = fc
    .tuple(call, call)
    .filter(([a, b]) => !a.key.equals(b.key) && a.askedAt <= b.learnedAt && b.askedAt <= a.learnedAt);
  fc.assert(
    fc.property(calls, overlapping, (earlier, [a, b]) => {
      fc.pre(earlier.every(({ learnedAt }) => learnedAt <= Math.min(a.learnedAt, b.learnedAt)));
      const known = after(earlier);
      const either = after([a, b], known);
      expect(current(either)).toEqual(current(after([b, a], known)));
      expect(current(either)).toEqual(expect.arrayContaining(current([a, b].map(asCurrent))));
    }),
    RUNS,
  );
});

test('late news of a known key supersedes the keys that were answered before that call was sent', () => {
  const [a, b] = keys as [SessionKey, SessionKey];
  const told: Call[] = [
    { key: a, askedAt: 0, learnedAt: 5 },
    { key: b, askedAt: 3, learnedAt: 30 },
    { key: b, askedAt: 10, learnedAt: 20 },
  ];
  expect(current(after(told))).toEqual([b.revealText()]);
});

function asCurrent(call: Call): RingKey {
  return { ...call, supersededAt: null };
}
