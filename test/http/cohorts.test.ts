import { setImmediate as nextTurn } from 'node:timers/promises';
import { Cohorts } from '../../src/http/cohorts.js';

/** Starts each of these in a callback of its own, all in one turn of the event loop, as sockets do. */
async function inOneTurn(begin: readonly (() => Promise<void>)[]): Promise<void> {
  await Promise.all(
    begin.map(
      (one) =>
        new Promise<void>((resolve, reject) => {
          setImmediate(() => void one().then(resolve, reject));
        }),
    ),
  );
}

test('requests of one turn proceed together, step by step', async () => {
  const cohorts = new Cohorts();
  const steps: string[] = [];
  const walk = (name: string) => async () => {
    await cohorts.join();
    for (const step of [1, 2, 3]) {
      steps.push(`${step}${name}`);
      await Promise.resolve();
    }
  };
  await inOneTurn(['a', 'b', 'c'].map(walk));
  expect(steps).toEqual(['1a', '1b', '1c', '2a', '2b', '2c', '3a', '3b', '3c']);
});

test('a cohort of 64 starts at once, and the rest at the end of the turn', async () => {
  const cohorts = new Cohorts();
  let gone = 0;
  for (let i = 0; i < 100; i += 1) void cohorts.join().then(() => (gone += 1));
  await Promise.resolve();
  await Promise.resolve();
  expect(gone).toBe(64);
  await nextTurn();
  expect(gone).toBe(100);
});

test('a request does not wait for those of an earlier turn', async () => {
  const cohorts = new Cohorts();
  await cohorts.join();
  let gone = false;
  void cohorts.join().then(() => (gone = true));
  await Promise.resolve();
  expect(gone).toBe(false);
  await nextTurn();
  expect(gone).toBe(true);
});
