import { setImmediate as nextTurn } from 'node:timers/promises';
import { cohort } from '../../src/http/cohort.js';

/** Has each of these begin in a callback of its own, all of them in one turn of the event loop, as sockets do. */
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

test('whoever waits in one turn goes on step by step with the others', async () => {
  const steps: string[] = [];
  const walk = (name: string) => async () => {
    await cohort();
    for (const step of [1, 2, 3]) {
      steps.push(`${step}${name}`);
      await Promise.resolve();
    }
  };
  await inOneTurn(['a', 'b', 'c'].map(walk));
  expect(steps).toEqual(['1a', '1b', '1c', '2a', '2b', '2c', '3a', '3b', '3c']);
});

test('sixty-four do not wait for more, and those that are left go on at the end of the turn', async () => {
  let gone = 0;
  for (let i = 0; i < 100; i += 1) void cohort().then(() => (gone += 1));
  await Promise.resolve();
  await Promise.resolve();
  expect(gone).toBe(64);
  await nextTurn();
  expect(gone).toBe(100);
});

test('who comes in a later turn waits for nobody of an earlier one', async () => {
  await cohort();
  let gone = false;
  void cohort().then(() => (gone = true));
  await Promise.resolve();
  expect(gone).toBe(false);
  await nextTurn();
  expect(gone).toBe(true);
});
