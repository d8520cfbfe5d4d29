import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';

/** Milliseconds between two looks. The gauge keeps the longest lag since the last one. */
const LOOK_EVERY = 1_000;
/** Milliseconds of the timer whose lateness is measured; they are in the gauge. */
const RESOLUTION = 10;

const LONGEST = /^nodejs_eventloop_lag_max_seconds ([\d.e+-]+)$/m;

/** Watches a gateway's metrics for the longest time that its event loop stood still. */
export class LoopStalls {
  readonly #url: string;
  readonly #watching: Promise<void>;
  #longest = 0;
  #isOver = false;

  constructor(metricsPort: number) {
    this.#url = `http://127.0.0.1:${metricsPort}/metrics`;
    this.#watching = this.#watch();
  }

  /** Milliseconds of the longest stall since this was asked before. */
  async longest(): Promise<number> {
    await this.#look();
    const longest = this.#longest;
    this.#longest = 0;
    return Math.round(longest);
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#watching;
  }

  async #watch(): Promise<void> {
    while (!this.#isOver) {
      await this.#look();
      await delay(LOOK_EVERY);
    }
  }

  async #look(): Promise<void> {
    const { body } = await request(this.#url);
    const seconds = Number(LONGEST.exec(await body.text())?.[1]);
    if (Number.isNaN(seconds)) throw new Error('The metrics tell nothing of the event loop.');
    this.#longest = Math.max(this.#longest, seconds * 1_000 - RESOLUTION);
  }
}
