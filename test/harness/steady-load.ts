import { createHistogram } from 'node:perf_hooks';
import { Agent, request, type IncomingHttpHeaders } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** What a stretch of load showed. */
export interface Measured {
  /** Seconds. */
  readonly elapsed: number;
  readonly good: number;
  readonly refused: number;
  /** Milliseconds that good answers took: 99 in 100 of them were faster. */
  readonly p99: number;
}

/**
 * So many clients, each on a connection of its own and with one request under way at a time, that send the next one as soon
 * as they have an answer: also where that told them to wait.
 */
export class SteadyLoad {
  readonly #url: string;
  readonly #bodies: readonly { readonly token: string; readonly body: string }[];
  readonly #judge: (answer: Answer) => 'good' | 'refused';
  readonly #agent: Agent;
  #running = true;
  /** Answers so far. */
  #good = 0;
  #refused = 0;
  #latencies = createHistogram();
  #problem: Error | undefined;
  readonly #clients: Promise<void>[];

  /** @param judge throws where an answer is neither */
  constructor(
    url: string,
    clients: number,
    bodies: readonly { readonly token: string; readonly body: string }[],
    judge: (answer: Answer) => 'good' | 'refused',
  ) {
    this.#url = url;
    this.#bodies = bodies;
    this.#judge = judge;
    this.#agent = new Agent({ keepAlive: true, maxSockets: clients });
    this.#clients = Array.from({ length: clients }, (_, i) => this.#client(i));
  }

  /** Counts from now on for this many milliseconds. */
  async measure(milliseconds: number): Promise<Measured> {
    const [good, refused, began] = [this.#good, this.#refused, performance.now()];
    this.#latencies = createHistogram();
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    if (this.#problem !== undefined) throw this.#problem;
    return {
      elapsed: (performance.now() - began) / 1000,
      good: this.#good - good,
      refused: this.#refused - refused,
      p99: this.#latencies.percentile(99) / 1000,
    };
  }

  /** Answers of either kind since the start. */
  get total(): { readonly good: number; readonly refused: number } {
    return { good: this.#good, refused: this.#refused };
  }

  async stop(): Promise<void> {
    this.#running = false;
    await Promise.all(this.#clients);
    this.#agent.destroy();
  }

  async #client(first: number): Promise<void> {
    try {
      for (let next = first; this.#running; next += 1) {
        const began = performance.now();
        const verdict = this.#judge(await this.#send(next));
        if (verdict === 'refused') {
          this.#refused += 1;
          continue;
        }
        this.#good += 1;
        this.#latencies.record(Math.max(1, Math.round((performance.now() - began) * 1000)));
      }
    } catch (error) {
      this.#problem ??= error instanceof Error ? error : new Error(String(error));
    }
  }

  #send(which: number): Promise<Answer> {
    const { token, body } = this.#bodies[which % this.#bodies.length] ?? { token: '', body: '' };
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'content-length': Buffer.byteLength(body),
    };
    return new Promise((resolve, reject) => {
      const sent = request(`${this.#url}/graphql`, { method: 'POST', agent: this.#agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
        response.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}
