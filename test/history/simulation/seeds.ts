import { story } from '../story.js';
import { simulate } from './simulate.js';

/** Runs these seeds and tells how many there were; fails with the story of the first that breaks a promise. */
export async function keepTheirPromises(seeds: readonly number[]): Promise<number> {
  for (const seed of seeds) {
    const broken = story(await simulate(seed), `HISTORY_SEED=${seed} npx jest test/history/simulation`);
    if (broken !== undefined) throw new Error(broken);
  }
  return seeds.length;
}
