import type { Milliseconds } from '../../domain/clock.js';
import { StoreUnavailable } from '../store-unavailable.js';

const TICK: Milliseconds = 10;

interface Waiting {
  readonly until: number;
  readonly giveUp: () => void;
}

/** The answer may still come, or may not. */
export class TooLate extends StoreUnavailable {}

/**
 * Gives up on what is not answered in time. The time runs in turns of the event loop, each of which reads what has arrived:
 * a process that is busy with a thousand requests does not take its own slowness for that of Redis.
 */
export class Deadlines {
  readonly #waiting = new Set<Waiting>();
  #ticks = 0;
  #isTicking = false;

  /**
   * The answer, if it comes within this time.
   *
   * @throws StoreUnavailable where it does not, or is a failure
   */
  of<T>(answer: Promise<T>, within: Milliseconds): Promise<T> {
    return new Promise((resolve, reject) => {
      const giveUp = () => reject(new TooLate('Redis did not answer in time'));
      const waiting = { until: this.#ticks + within / TICK, giveUp };
      this.#waiting.add(waiting);
      this.#tick();
      answer.then(
        (value) => {
          this.#waiting.delete(waiting);
          resolve(value);
        },
        (cause: unknown) => {
          this.#waiting.delete(waiting);
          reject(
            cause instanceof StoreUnavailable ? cause : new StoreUnavailable('Redis could not be reached', { cause }),
          );
        },
      );
    });
  }

  /** Ticks while somebody waits. An immediate runs after the sockets were read; a timer runs before. */
  #tick(): void {
    if (this.#isTicking || this.#waiting.size === 0) return;
    this.#isTicking = true;
    setTimeout(() => {
      setImmediate(() => {
        this.#isTicking = false;
        this.#ticks += 1;
        for (const waiting of this.#waiting) {
          if (waiting.until > this.#ticks) continue;
          this.#waiting.delete(waiting);
          waiting.giveUp();
        }
        this.#tick();
      });
    }, TICK);
  }
}
