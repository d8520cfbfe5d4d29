import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createHistogram } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { CONNECTIONS, WRONG_AT_MOST } from './load.js';
import type { MeasuredProcess } from './measured-process.js';
import { isRight, type Task } from './operations.js';
import { median } from './spread.js';

/** Milliseconds until an answer that does not come ends the benchmark. */
const ANSWERED_WITHIN = 10_000;
/** Windows of a second. */
const WINDOWS = 4;

/** p99 of the time from when a request was due to its answer, in microseconds. */
export interface PacedLoad {
  readonly p99: number;
  /**
   * The median of the p99s of all quarters of a second: a machine that stands still for a tenth of a second decides the p99
   * of the whole, at any server, but not this one.
   */
  readonly windowP99: number;
}

/**
 * Sends requests that are due at even intervals. One that had to wait for a free connection has waited, too. autocannon
 * spends a second's requests in one burst, and counts from when it sent them.
 *
 * @param rate requests a second
 * @throws where an answer is missing, or too many are wrong
 */
export async function pacedLoad(
  server: MeasuredProcess,
  tasks: readonly Task[],
  { seconds, rate }: { readonly seconds: number; readonly rate: number },
): Promise<PacedLoad> {
  const total = Math.max(1, Math.floor(rate * seconds));
  const latencies = createHistogram();
  const windows = Array.from({ length: Math.ceil(seconds * WINDOWS) }, () => createHistogram());
  const connections = Array.from({ length: CONNECTIONS }, () => new Connection(server.url));
  const asked: Promise<void>[] = [];
  let wrong = 0;
  let failure: unknown;
  try {
    await Promise.all(connections.map((connection) => connection.opened));
    const idle = [...connections];
    const startedAt = performance.now();
    const dueAt = (request: number) => startedAt + (request * 1_000) / rate;
    const ask = async (connection: Connection, request: number): Promise<void> => {
      const task = tasks[request % tasks.length];
      if (task === undefined) throw new Error('Nothing to send.');
      const body = await connection.ask(task);
      const took = Math.max(1, Math.round((performance.now() - dueAt(request)) * 1_000));
      latencies.record(took);
      windows[Math.floor((request / rate) * WINDOWS)]?.record(took);
      if (!isRight(body, task)) wrong += 1;
      idle.push(connection);
    };
    while (asked.length < total && failure === undefined) {
      while (asked.length < total && dueAt(asked.length) <= performance.now()) {
        const connection = idle.pop();
        if (connection === undefined) break;
        asked.push(ask(connection, asked.length).catch((error: unknown) => void (failure = error)));
      }
      // Not a timer: this process must not sleep, as in load.ts, nor send late.
      await setImmediate();
    }
    await Promise.all(asked);
  } finally {
    for (const connection of connections) connection.close();
  }
  if (failure !== undefined) throw failure as Error;
  if (wrong > total * WRONG_AT_MOST) throw new Error(`${wrong} of ${total} answers of ${server.url} are wrong.`);
  const seen = windows.filter(({ count }) => count > 0);
  return { p99: latencies.percentile(99), windowP99: median(seen.map((window) => window.percentile(99))) };
}

/** One connection that is kept, with one request under way at a time. undici falls behind the pace of the floor. */
class Connection {
  readonly opened: Promise<unknown>;
  readonly #socket: Socket;
  readonly #host: string;
  #received = '';
  #ended: Error | undefined;
  #answered: (body: string) => void = () => undefined;
  #failed: (error: Error) => void = () => undefined;

  constructor(url: string) {
    const { hostname, port, host } = new URL(url);
    this.#host = host;
    this.#socket = connect(Number(port), hostname)
      .setNoDelay()
      .setEncoding('latin1')
      .on('data', (text: string) => this.#read(text))
      .on('timeout', () => this.#socket.destroy(new Error('No answer came.')))
      .on('error', (error) => this.#end(error))
      .on('close', () => this.#end(new Error('The server ended the connection.')));
    this.opened = once(this.#socket, 'connect');
  }

  ask({ request: { method, path, headers, body } }: Task): Promise<string> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const fields = { host: this.#host, ...headers, 'content-length': String(Buffer.byteLength(body)) };
    const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
    this.#socket.setTimeout(ANSWERED_WITHIN);
    this.#socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#failed = reject;
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Every server here says how long its body is. */
  #read(text: string): void {
    this.#received += text;
    const headEnd = this.#received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const length = Number(/^content-length: (\d+)\r$/im.exec(this.#received.slice(0, headEnd + 2))?.[1]);
    if (Number.isNaN(length)) {
      this.#socket.destroy(new Error('An answer without a length.'));
      return;
    }
    const body = this.#received.slice(headEnd + 4);
    if (body.length < length) return;
    this.#received = '';
    this.#socket.setTimeout(0);
    this.#answered(body);
  }

  #end(error: Error): void {
    this.#ended ??= error;
    this.#failed(this.#ended);
  }
}
