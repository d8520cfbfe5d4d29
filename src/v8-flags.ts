/**
 * Per cent by which the heap may grow until it is collected. With 20, a gateway with a million sessions took 582 MiB in
 * place of 744, but it is collected so often that the p99 of a decryptPhone with Redis was 68 ms in place of 20.
 */
const HEAP_GROWING_PERCENT = 100;

/**
 * How V8 manages memory here. Besides the above: nothing is allocated as old from the start. V8 does that where many objects
 * of one origin outlived a collection, as those of requests under way do; each keeps alive whatever it points to until the
 * whole heap is collected, and a busy gateway then copies every request's objects instead of dropping them.
 */
export const V8_FLAGS: readonly string[] = [
  `--heap-growing-percent=${HEAP_GROWING_PERCENT}`,
  '--no-allocation-site-pretenuring',
];
