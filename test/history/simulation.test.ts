import { simulate } from './simulation/simulate.js';
import { keepTheirPromises } from './simulation/seeds.js';
import { Transcript } from './transcript.js';

/** HISTORY_SEED runs one seed alone. */
const ONE = process.env['HISTORY_SEED'];
const SEEDS = 200;

const seeds = ONE === undefined ? Array.from({ length: SEEDS }, (_, i) => i + 1) : [Number(ONE)];

test('the simulated histories of all seeds keep every promise', async () => {
  expect(await keepTheirPromises(seeds)).toBe(seeds.length);
});

test.each([1, 2, 3])('seed %i repeats a run exactly', async (seed) => {
  const [first, second] = [await simulate(seed), await simulate(seed)];
  expect(new Transcript(first).lines()).toEqual(new Transcript(second).lines());
});
