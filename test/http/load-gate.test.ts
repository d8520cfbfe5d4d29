import { setImmediate as nextTurn } from 'node:timers/promises';
import { LoadGate } from '../../src/http/load-gate.js';

/** Keeps the event loop from turning, as a request does that is being answered. */
function work(milliseconds: number): void {
  for (const began = performance.now(); performance.now() - began < milliseconds;);
}

test('no more than so many are in at a time, and who leaves makes room for one', () => {
  const gate = new LoadGate({ inFlight: 2, delay: 10_000 });
  expect([gate.enter(), gate.enter(), gate.enter()]).toEqual([true, true, false]);
  gate.leave();
  expect([gate.enter(), gate.enter()]).toEqual([true, false]);
});

test('what comes too late in a turn of the event loop is refused, and the next turn starts anew', async () => {
  const gate = new LoadGate({ inFlight: 1000, delay: 20 });
  expect(gate.enter()).toBe(true);
  work(21);
  expect([gate.enter(), gate.enter()]).toEqual([false, false]);
  await nextTurn();
  expect(gate.enter()).toBe(true);
});

test('a turn that does other work before its first request is not held against that', async () => {
  const gate = new LoadGate({ inFlight: 1000, delay: 20 });
  gate.enter();
  await nextTurn();
  work(21);
  expect(gate.enter()).toBe(true);
});

test('who was refused takes no place', async () => {
  const gate = new LoadGate({ inFlight: 2, delay: 5 });
  gate.enter();
  work(6);
  for (let i = 0; i < 10; i += 1) gate.enter();
  await nextTurn();
  expect([gate.enter(), gate.enter()]).toEqual([true, false]);
});
