import type { Milliseconds } from '../../../src/domain/clock.js';
import type { At } from '../history.js';
import type { Seeded } from '../seeded.js';

/** Milliseconds at most that pass from one step to the next. */
const STEP = 4;
/** How often a timer is due before work that could go on: the work was held up. */
const HELD_UP = 0.04;
/** Turns after which a run is taken for endless. */
const MAX_TURNS = 200_000;

interface Timer {
  readonly at: At;
  readonly run: () => void;
}

/**
 * Chooses by a seed which of the promises that wait settles next, and keeps the time: it passes from step to step, and from
 * one timer to the next. Nothing else may decide when the work goes on, so that a seed repeats a run exactly.
 */
export class Scheduler {
  readonly #seeded: Seeded;
  readonly #waiting: (() => void)[] = [];
  readonly #timers = new Map<object, Timer>();
  #now: At = 0;

  constructor(seeded: Seeded) {
    this.#seeded = seeded;
  }

  readonly now = (): At => this.#now;

  /** Resolves when the scheduler chooses it. */
  readonly step = (): Promise<void> => new Promise((resolve) => this.#waiting.push(resolve));

  readonly pause = (time: Milliseconds): Promise<void> => new Promise((resolve) => void this.setTimeout(resolve, time));

  readonly setTimeout = <A extends unknown[]>(
    run: (...args: A) => void,
    time: Milliseconds = 0,
    ...args: A
  ): object => {
    const timer = {};
    this.#timers.set(timer, { at: this.#now + time, run: () => run(...args) });
    return timer;
  };

  readonly clearTimeout = (timer: object): void => void this.#timers.delete(timer);

  /** Runs this work, and all that it leaves behind. Fails if it waits for something that never comes. */
  async run(work: () => Promise<void>): Promise<void> {
    const running = { isOver: false };
    const over = this.#turn(() => {
      // A turn waits for nothing, and would for a promise.
      return { result: work().finally(() => (running.isOver = true)) };
    });
    const { result } = await over;
    // It is told at the end.
    result.catch(() => undefined);
    for (let turn = 0; turn < MAX_TURNS; turn += 1) {
      if (await this.#turn(() => this.#next())) continue;
      if (running.isOver) return result;
      throw new Error('The run waits for something that never comes.');
    }
    throw new Error('The run does not end.');
  }

  /**
   * Does this, and follows all promises that it settles, while `setTimeout` and `performance.now` keep the scheduler's time,
   * which is what deadlines go by. Nothing of the test runner's comes between two immediates that were set together.
   */
  #turn<T>(act: () => T): Promise<T> {
    return new Promise((resolve) => {
      let restore!: () => void;
      let result!: Promise<T>;
      setImmediate(() => {
        restore = keepTime(this);
        result = Promise.resolve().then(act);
      });
      setImmediate(() => {
        restore();
        resolve(result);
      });
    });
  }

  #next(): boolean {
    const timer = this.#earliest();
    if (this.#waiting.length === 0 || (timer !== undefined && this.#seeded.chance(HELD_UP))) {
      if (timer === undefined) return false;
      const { at, run } = timer[1];
      this.#timers.delete(timer[0]);
      this.#now = Math.max(this.#now, at);
      run();
      return true;
    }
    this.#now += this.#seeded.below(STEP);
    const [resume] = this.#waiting.splice(this.#seeded.below(this.#waiting.length), 1);
    resume?.();
    return true;
  }

  #earliest(): [object, Timer] | undefined {
    let earliest: [object, Timer] | undefined;
    for (const entry of this.#timers) if (earliest === undefined || entry[1].at < earliest[1].at) earliest = entry;
    return earliest;
  }
}

/** Puts a scheduler's time in the place of the process's, until it is told to restore that. */
function keepTime(scheduler: Scheduler): () => void {
  const { setTimeout, clearTimeout } = globalThis;
  Object.assign(globalThis, { setTimeout: scheduler.setTimeout, clearTimeout: scheduler.clearTimeout });
  Object.defineProperty(performance, 'now', { value: scheduler.now, configurable: true });
  return () => {
    Object.assign(globalThis, { setTimeout, clearTimeout });
    // What it hides is on the prototype.
    Reflect.deleteProperty(performance, 'now');
  };
}
