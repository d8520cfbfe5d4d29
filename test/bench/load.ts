import { createHistogram } from 'node:perf_hooks';
import autocannon, { type Client } from 'autocannon';
import type { MeasuredProcess } from './measured-process.js';
import { isRight, type Task } from './operations.js';

export const CONNECTIONS = 64;

/** More wrong answers than this share of all end the benchmark. */
export const WRONG_AT_MOST = 0.1;

/** What one round showed. Times in microseconds. */
export interface Load {
  /** Right answers. */
  readonly count: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Processor time of the server for a request. */
  readonly cpu: number;
  /** How much of one core the server used; well under 1, something else was the bottleneck. */
  readonly busy: number;
  /** Answers that were wrong, and are not counted above. */
  readonly wrong: number;
}

/**
 * Sends these tasks over some connections, as many as the server takes, each connection its share of them in turn and
 * again from the start, and checks every answer before it is counted.
 *
 * @param again whether a task may be sent more than once
 * @throws where an answer is missing, or too many are wrong
 */
export async function load(
  server: MeasuredProcess,
  tasks: readonly Task[],
  { seconds, again }: { readonly seconds: number; readonly again: boolean },
): Promise<Load> {
  const share = Math.floor(tasks.length / CONNECTIONS);
  const latencies = createHistogram();
  let connection = 0;
  let wrong = 0;
  let firstWrong = '';
  let milliseconds = 0;
  const startedAt = performance.now();
  let endedAt = startedAt;

  const setupClient = (client: Client) => {
    const own = tasks.slice(connection * share, (connection += 1) * share);
    let next = 0;
    // Called right after 'response', with its body. Answers come in the order of their requests on one connection.
    client.opts.verifyBody = (body) => {
      const task = own[next++ % share];
      const right = task !== undefined && isRight(body, task);
      if (right) {
        latencies.record(Math.max(1, Math.round(milliseconds * 1000)));
        endedAt = performance.now();
      } else {
        if (wrong === 0) firstWrong = body;
        wrong += 1;
      }
      return right;
    };
    client.setRequests(own.map(({ request }) => request));
  };

  const awake = keepAwake();
  const cpuBefore = server.cpuMicroseconds();
  const run = autocannon({
    url: server.url,
    connections: CONNECTIONS,
    duration: seconds,
    sampleInt: 50,
    maxConnectionRequests: again ? Number.MAX_SAFE_INTEGER : share,
    setupClient,
  }).on('response', (_client, _status, _bytes, took) => (milliseconds = took));
  const { errors, timeouts, non2xx } = await run;
  awake.stop();
  const cpu = server.cpuMicroseconds() - cpuBefore;
  if (errors + timeouts + non2xx > 0 || wrong > latencies.count * WRONG_AT_MOST) {
    throw new Error(`${errors} errors, ${timeouts} timeouts, ${non2xx} not 2xx, ${wrong} wrong: ${firstWrong}`);
  }
  const elapsed = endedAt - startedAt;
  return {
    count: latencies.count,
    perSecond: latencies.count / (elapsed / 1000),
    p50: latencies.percentile(50),
    p99: latencies.percentile(99),
    cpu: cpu / latencies.count,
    busy: cpu / (elapsed * 1000),
    wrong,
  };
}

/**
 * Keeps this process from sleeping between answers. Where it sleeps, each answer has to wake its core, and it is the server
 * that is charged for that: on a virtual machine up to 40 us of processor time, more than the floor takes for a request. A
 * fast server keeps the load busy and is spared; so a slow one would look slower than it is.
 */
function keepAwake(): { stop(): void } {
  let stopped = false;
  const turn = () => {
    if (!stopped) setImmediate(turn);
  };
  turn();
  return {
    stop: () => {
      stopped = true;
    },
  };
}
