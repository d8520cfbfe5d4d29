import type { KeyRing } from '../../src/domain/key-ring.js';
import { learn, mayHaveEncrypted } from '../../src/domain/key-ring.js';
import { learnedKey, readable, sessionKey } from '../harness/people.js';

/** A code2Session call: the key that it brought, when it was sent, and when its answer came. */
type Call = readonly [key: string, askedAt: number, learnedAt: number];
/** A key in the ring: the call that last brought it, and when it was superseded. */
type Known = readonly [...Call, supersededAt: number | null];

function ringOf(known: readonly Known[]): KeyRing {
  return known.map(([key, askedAt, learnedAt, supersededAt]) => ({
    key: sessionKey(key),
    askedAt,
    learnedAt,
    supersededAt,
  }));
}

const after = (calls: readonly Call[], ring: KeyRing = []) =>
  calls.reduce((known, [key, askedAt, learnedAt]) => learn(known, learnedKey(key, askedAt, learnedAt)), ring);

describe('a ring after these calls, in the order of their news', () => {
  test.each<{ what: string; calls: Call[]; ring: Known[] }>([
    { what: 'a first key is current', calls: [['a', 10, 12]], ring: [['a', 10, 12, null]] },
    {
      what: 'a later call supersedes the key before, when its answer comes',
      calls: [
        ['a', 10, 12],
        ['b', 20, 25],
      ],
      ring: [
        ['b', 20, 25, null],
        ['a', 10, 12, 25],
      ],
    },
    {
      what: 'a superseded key keeps the time at which it was superseded first',
      calls: [
        ['a', 10, 12],
        ['b', 20, 25],
        ['c', 30, 35],
      ],
      ring: [
        ['c', 30, 35, null],
        ['b', 20, 25, 35],
        ['a', 10, 12, 25],
      ],
    },
    {
      what: 'the fourth key pushes out the oldest',
      calls: [
        ['a', 10, 12],
        ['b', 20, 25],
        ['c', 30, 35],
        ['d', 40, 45],
      ],
      ring: [
        ['d', 40, 45, null],
        ['c', 30, 35, 45],
        ['b', 20, 25, 35],
      ],
    },
    {
      what: 'the current key seen again stays current, with the times of the new call',
      calls: [
        ['a', 10, 12],
        ['a', 20, 25],
      ],
      ring: [['a', 20, 25, null]],
    },
    {
      what: 'a key that is current again is not superseded by a call before that',
      calls: [
        ['a', 10, 12],
        ['a', 20, 25],
        ['b', 22, 30],
      ],
      ring: [
        ['b', 22, 30, null],
        ['a', 20, 25, null],
      ],
    },
    {
      what: 'a superseded key seen again is the current one',
      calls: [
        ['a', 10, 12],
        ['b', 20, 25],
        ['a', 30, 35],
      ],
      ring: [
        ['a', 30, 35, null],
        ['b', 20, 25, 35],
      ],
    },
    {
      what: 'overlapping calls, answered in the order in which they were sent, leave both keys current',
      calls: [
        ['a', 10, 20],
        ['b', 15, 25],
      ],
      ring: [
        ['b', 15, 25, null],
        ['a', 10, 20, null],
      ],
    },
    {
      what: 'overlapping calls, answered the other way round, leave both keys current',
      calls: [
        ['b', 15, 20],
        ['a', 10, 25],
      ],
      ring: [
        ['a', 10, 25, null],
        ['b', 15, 20, null],
      ],
    },
    {
      what: 'a call that is sent in the millisecond of an answer overlaps it',
      calls: [
        ['a', 10, 20],
        ['b', 20, 25],
      ],
      ring: [
        ['b', 20, 25, null],
        ['a', 10, 20, null],
      ],
    },
    {
      what: 'a call after overlapping ones supersedes both of their keys',
      calls: [
        ['a', 10, 20],
        ['b', 15, 25],
        ['c', 26, 30],
      ],
      ring: [
        ['c', 26, 30, null],
        ['b', 15, 25, 30],
        ['a', 10, 20, 30],
      ],
    },
    {
      what: 'the news of an earlier call, told late, is superseded by the call that followed it',
      calls: [
        ['b', 20, 25],
        ['a', 10, 12],
      ],
      ring: [
        ['b', 20, 25, null],
        ['a', 10, 12, 25],
      ],
    },
    {
      what: 'late news is superseded by the first of the calls that followed it',
      calls: [
        ['b', 20, 25],
        ['c', 30, 35],
        ['a', 10, 12],
      ],
      ring: [
        ['c', 30, 35, null],
        ['b', 20, 25, 35],
        ['a', 10, 12, 25],
      ],
    },
    {
      what: 'late news that is older than three keys is not kept',
      calls: [
        ['b', 20, 25],
        ['c', 30, 35],
        ['d', 40, 45],
        ['a', 10, 12],
      ],
      ring: [
        ['d', 40, 45, null],
        ['c', 30, 35, 45],
        ['b', 20, 25, 35],
      ],
    },
    {
      what: 'late news of a key that was seen since changes nothing',
      calls: [
        ['a', 10, 12],
        ['b', 20, 25],
        ['a', 30, 35],
        ['a', 14, 16],
      ],
      ring: [
        ['a', 30, 35, null],
        ['b', 20, 25, 35],
      ],
    },
  ])('$what', ({ calls, ring }) => {
    expect(readable(after(calls))).toEqual(readable(ringOf(ring)));
  });

  test('leaves the ring that it is given as it was', () => {
    const ring = ringOf([['a', 10, 12, null]]);
    after([['b', 20, 25]], ring);
    expect(readable(ring)).toEqual(readable(ringOf([['a', 10, 12, null]])));
  });
});

describe('which key may have encrypted a document', () => {
  const SKEW = 60_000;
  const SUPERSEDED = 1_769_848_200_000;

  test.each([
    { what: 'a current key, however young the document', supersededAt: null, timestamp: 9_999_999_999, may: true },
    { what: 'a superseded key before its supersession', supersededAt: SUPERSEDED, timestamp: 1_769_848_199, may: true },
    { what: 'a superseded key within the skew', supersededAt: SUPERSEDED, timestamp: 1_769_848_259, may: true },
    { what: 'a superseded key at the end of the skew', supersededAt: SUPERSEDED, timestamp: 1_769_848_260, may: true },
    { what: 'a superseded key after the skew', supersededAt: SUPERSEDED, timestamp: 1_769_848_261, may: false },
    { what: 'one a millisecond too early', supersededAt: SUPERSEDED - 1, timestamp: 1_769_848_260, may: false },
  ])('$what: $may', ({ supersededAt, timestamp, may }) => {
    const known = { key: sessionKey('a'), askedAt: 0, learnedAt: 1, supersededAt };
    expect(mayHaveEncrypted(known, timestamp, SKEW)).toBe(may);
  });
});
