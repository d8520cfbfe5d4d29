import { setImmediate as nextTurn } from 'node:timers/promises';
import { InFlight, OVERLOADED } from '../../src/http/in-flight.js';

/** Work that settles when it is told to. */
function work() {
  let finish!: () => void;
  let crash!: (error: Error) => void;
  const done = new Promise<string>((resolve, reject) => {
    finish = () => resolve('done');
    crash = reject;
  });
  return { finish, crash, run: () => done };
}

let now: number;
const inFlight = (limits: { inFlight?: number; delay?: number }) =>
  new InFlight({ inFlight: 1000, delay: 10_000, ...limits }, () => now);
beforeEach(() => {
  now = 0;
});

test('work past the limit is rejected without being started, and finished work makes room', async () => {
  const gate = inFlight({ inFlight: 1 });
  const first = work();
  const running = gate.run(first.run);
  let begun = false;
  expect(await gate.run(async () => (begun = true))).toBe(OVERLOADED);
  expect(begun).toBe(false);
  first.finish();
  expect(await running).toBe('done');
  expect(gate.count).toBe(0);
  expect(await gate.run(async () => 'second')).toBe('second');
});

test('work that rejects gives its place back', async () => {
  const gate = inFlight({ inFlight: 1 });
  const failing = work();
  const running = gate.run(failing.run);
  failing.crash(new Error('a bug'));
  await expect(running).rejects.toThrow('a bug');
  expect(gate.count).toBe(0);
});

test('work that throws synchronously gives its place back', async () => {
  const gate = inFlight({ inFlight: 1 });
  const running = gate.run(() => {
    throw new Error('a bug');
  });
  await expect(running).rejects.toThrow('a bug');
  expect(gate.count).toBe(0);
});

test('work that comes too late in a turn of the event loop is rejected, and the next turn starts afresh', async () => {
  const gate = inFlight({ delay: 20 });
  const first = gate.run(async () => 'in time');
  now += 21;
  expect(await Promise.all([first, gate.run(async () => 'late')])).toEqual(['in time', OVERLOADED]);
  await nextTurn();
  expect(await gate.run(async () => 'next turn')).toBe('next turn');
});

test('rejected work is told so at the end of the turn, not before', async () => {
  const gate = inFlight({ inFlight: 0 });
  const order: string[] = [];
  const rejected = gate.run(async () => 'never').then(() => order.push('rejected'));
  const nextTick = new Promise<void>((resolve) => process.nextTick(resolve)).then(() => order.push('same turn'));
  await Promise.all([rejected, nextTick]);
  expect(order).toEqual(['same turn', 'rejected']);
});

test('it is stuck once every place has been taken for longer than five seconds', async () => {
  const gate = inFlight({ inFlight: 1 });
  const hanging = work();
  const running = gate.run(hanging.run);
  now += 5_000;
  expect(gate.isStuck).toBe(false);
  now += 1;
  expect(gate.isStuck).toBe(true);
  hanging.finish();
  await running;
  expect(gate.isStuck).toBe(false);
});
