import { availableParallelism } from 'node:os';

/**
 * Per cent by which the heap may grow until all of it is collected. In memory what is kept lies outside of the heap, and
 * little of what is on it outlives a request: a twentieth costs decryptPhone nothing, and a million sessions took 541 MiB
 * with 100. With Redis much does outlive the wait for an answer: with 30, the p99 of a decryptPhone was twice as long.
 */
const HEAP_GROWING_PERCENT = { memory: 5, redis: 100 };

/**
 * Where there is one core, V8's threads for collections do not help the event loop but take it away: while the heap was
 * marked, two thousand logins a second waited up to 55 ms; when the event loop does it in steps of its own, 25.
 */
const ON_ONE_CORE = ['--no-concurrent-marking', '--no-parallel-scavenge'];

/**
 * How V8 manages memory here. Besides the above: nothing is allocated as old from the start. V8 does that where many objects
 * of one origin outlived a collection, as those of requests under way do; each keeps alive whatever it points to until the
 * whole heap is collected, and a busy gateway then copies every request's objects instead of dropping them.
 */
export function v8Flags(stores: 'memory' | 'redis'): readonly string[] {
  return [
    `--heap-growing-percent=${HEAP_GROWING_PERCENT[stores]}`,
    '--no-allocation-site-pretenuring',
    ...(availableParallelism() === 1 ? ON_ONE_CORE : []),
  ];
}
