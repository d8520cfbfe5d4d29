import { Worker } from 'node:worker_threads';

/** Milliseconds of the timer whose lateness is measured. */
const EVERY = 5;
/** Milliseconds: a shorter lateness is the scheduler's, on a core that others use too. */
const COUNTS_FROM = 20;

const BARE_TIMER = `
  const { workerData } = require('node:worker_threads');
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    const late = Math.round(now - last) - ${EVERY};
    last = now;
    if (late > Atomics.load(workerData, 0)) Atomics.store(workerData, 0, late);
  }, ${EVERY});
`;

/**
 * Watches for what stands still by itself, with a bare timer in a thread of its own: a virtual machine may get no time for
 * a tenth of a second, and every process on it looks as if it had stalled.
 */
export class MachineStalls {
  readonly #longest = new Int32Array(new SharedArrayBuffer(4));
  readonly #worker = new Worker(BARE_TIMER, { eval: true, workerData: this.#longest });

  /** Milliseconds of the longest standstill since this was asked before; 0 where there was none to speak of. */
  longest(): number {
    const longest = Atomics.exchange(this.#longest, 0, 0);
    return longest >= COUNTS_FROM ? longest : 0;
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
