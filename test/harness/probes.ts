import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Milliseconds between two rounds. */
const EVERY = 100;

const PROBE = `
  const { get, Agent } = require('node:http');
  const { parentPort, workerData: { urls, every } } = require('node:worker_threads');
  const agent = new Agent({ keepAlive: true });
  const probe = (url) => new Promise((resolve, reject) => {
    const began = performance.now();
    get(url, { agent }, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode, took: performance.now() - began }));
    }).on('error', reject);
  });
  let slowest = 0;
  let isOver = false;
  parentPort.once('message', () => (isOver = true));
  (async () => {
    while (!isOver) {
      for (const url of urls) {
        const { status, took } = await probe(url);
        if (status !== 200) throw new Error(url + ' answered ' + status);
        slowest = Math.max(slowest, took);
      }
      await new Promise((resolve) => setTimeout(resolve, every));
    }
    parentPort.postMessage(slowest);
    agent.destroy();
  })();
`;

/**
 * Asks these URLs again and again, from a thread of its own: beside a thousand busy clients on one event loop, what it
 * measured would be how long they keep it from reading.
 */
export class Probes {
  readonly #worker: Worker;
  readonly #over: Promise<unknown[]>;

  constructor(urls: readonly string[]) {
    this.#worker = new Worker(PROBE, { eval: true, workerData: { urls, every: EVERY } });
    this.#over = once(this.#worker, 'message');
    // Told by `slowest`.
    this.#over.catch(() => undefined);
  }

  /**
   * Stops, and tells how many milliseconds the slowest answer took.
   *
   * @throws if one was not 200
   */
  async slowest(): Promise<number> {
    this.#worker.postMessage('over');
    const [slowest] = await this.#over;
    return slowest as number;
  }
}
