import { sessionLife } from '../../src/stores/redis/session-life.js';

const SECOND = 1_000;
const DAY = 86_400 * SECOND;

describe('how long a session lives in Redis', () => {
  it.each([
    { idle: 60 * SECOND, lateBy: 3 * SECOND },
    { idle: 7_200 * SECOND, lateBy: 300 * SECOND },
    { idle: DAY, lateBy: 300 * SECOND },
  ])('after $idle ms without use it ends at most $lateBy ms late', ({ idle, lateBy }) => {
    const { touchEvery, timeToLive } = sessionLife(idle, 7 * DAY);
    expect(timeToLive - idle).toBe(lateBy);
    // Two uses that are further apart than that are both told to Redis.
    expect(touchEvery).toBe(lateBy);
  });

  it('ends with its absolute time, however idle', () => {
    expect(sessionLife(DAY, DAY).timeToLive).toBe(DAY);
  });
});
