import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';
import { MachineStalls } from './machine-stalls.js';

/** Milliseconds between two looks. The gauge keeps the longest lag since the last one. */
const LOOK_EVERY = 1_000;
/** Milliseconds of the timer whose lateness is measured; they are in the gauge. */
const RESOLUTION = 10;

const LONGEST = /^nodejs_eventloop_lag_max_seconds ([\d.e+-]+)$/m;

/** Milliseconds. */
export interface LongestStall {
  /** As the gateway tells it. */
  readonly told: number;
  /** Less what the machine itself stood still in the same second. */
  readonly own: number;
}

/** Watches a gateway's metrics for the longest time that its event loop stood still. */
export class LoopStalls {
  readonly #url: string;
  readonly #machine = new MachineStalls();
  readonly #watching: Promise<void>;
  #told = 0;
  #own = 0;
  #isOver = false;

  constructor(metricsPort: number) {
    this.#url = `http://127.0.0.1:${metricsPort}/metrics`;
    this.#watching = this.#watch();
  }

  /** The longest since this was asked before. */
  async longest(): Promise<LongestStall> {
    await this.#look();
    const longest = { told: Math.round(this.#told), own: Math.round(this.#own) };
    this.#told = 0;
    this.#own = 0;
    return longest;
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#watching;
    await this.#machine.stop();
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
    const stall = seconds * 1_000 - RESOLUTION;
    this.#told = Math.max(this.#told, stall);
    this.#own = Math.max(this.#own, stall - this.#machine.longest());
  }
}
