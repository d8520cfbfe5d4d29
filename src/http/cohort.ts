/** As many go on together at most; what comes beyond them in one turn of the event loop makes further cohorts. */
const MAX_COHORT = 64;

interface Cohort {
  size: number;
  readonly begins: Promise<void>;
  readonly begin: () => void;
}

let gathering: Cohort | undefined;

/**
 * Resolves when this turn of the event loop has read what there is to read, or for MAX_COHORT at once. Whoever waits for it
 * goes on together, one step of each after the same step of the others, where the event loop alone would see one through
 * to its end before it looks at the next. The processor then finds the code of a step at hand for all but the first: with
 * 64 requests under way a decryptPhone took 64 µs in place of 87.
 *
 * Source: J. R. Larus and M. Parkes, "Using Cohort Scheduling to Enhance Server Performance", USENIX 2002.
 */
export function cohort(): Promise<void> {
  const mine = (gathering ??= gather());
  mine.size += 1;
  if (mine.size === MAX_COHORT) mine.begin();
  return mine.begins;
}

function gather(): Cohort {
  let resolve!: () => void;
  const begins = new Promise<void>((resolveIt) => (resolve = resolveIt));
  const begin = () => {
    if (gathering === gathered) gathering = undefined;
    resolve();
  };
  const gathered = { size: 0, begins, begin };
  setImmediate(begin);
  return gathered;
}
