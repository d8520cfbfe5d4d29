import { report } from '../harness/report.js';
import { keepTheirPromises } from './simulation/seeds.js';

jest.setTimeout(600_000);

/** The first that `npm test` does not run. */
const FROM = 1_001;
const SEEDS = 4_000;
/** Of one seed, in milliseconds of processor time, told beside a bound that nothing depends on. */
const EXPECTED = 20;

test('the simulated histories of thousands of seeds keep every promise', async () => {
  const before = process.cpuUsage();
  const seeds = Array.from({ length: SEEDS }, (_, i) => FROM + i);
  expect(await keepTheirPromises(seeds)).toBe(SEEDS);
  const { user, system } = process.cpuUsage(before);
  report(`processor time of each of ${SEEDS} seeds`, (user + system) / 1000 / SEEDS, { atMost: EXPECTED });
});
