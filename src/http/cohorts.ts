/** Largest cohort; further requests of the same turn form another one. */
const MAX_COHORT = 64;

interface Cohort {
  size: number;
  readonly begins: Promise<void>;
  readonly begin: () => void;
}

/**
 * Cohort scheduling: requests read in one turn of the event loop go through the pipeline together, step by step,
 * instead of one after the other. For all but the first, the code of a step is then in the processor's caches.
 * docs/performance.md has the figures.
 *
 * Source: J. R. Larus and M. Parkes, "Using Cohort Scheduling to Enhance Server Performance", USENIX 2002.
 */
export class Cohorts {
  #gathering: Cohort | undefined;

  /** Resolves when this turn has read its sockets, or earlier if the cohort is full. */
  join(): Promise<void> {
    const cohort = (this.#gathering ??= this.#gather());
    cohort.size += 1;
    if (cohort.size === MAX_COHORT) cohort.begin();
    return cohort.begins;
  }

  #gather(): Cohort {
    let resolve!: () => void;
    const begins = new Promise<void>((resolveIt) => (resolve = resolveIt));
    const begin = () => {
      if (this.#gathering === cohort) this.#gathering = undefined;
      resolve();
    };
    const cohort = { size: 0, begins, begin };
    setImmediate(begin);
    return cohort;
  }
}
