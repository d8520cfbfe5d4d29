import { Seeded } from '../../test/history/seeded.js';

/** Requests of one kind: how often they come beside the others, and their mean service time in milliseconds. */
export interface Service {
  readonly weight: number;
  readonly mean: number;
}

/** Which gateway a balancer gives the next request to: any, the next in turn, or the one with the least work left. */
export type Balancer = 'random' | 'round robin' | 'least busy';

export interface QueueOptions {
  readonly services: readonly Service[];
  /** Gateways of one core each, first come, first served. */
  readonly servers: number;
  /** Of each server, by requests alone. */
  readonly utilisation: number;
  readonly balancer?: Balancer;
  /** Times in which a server serves nobody, as in a garbage collection: mean length and mean distance, in milliseconds. */
  readonly pauses?: { readonly mean: number; readonly every: number };
  readonly requests?: number;
  readonly seed?: number;
}

/**
 * Simulates a queue: Poisson arrivals, exponential service times. Returns the waits in milliseconds, in ascending order.
 * One seed always gives the same waits.
 */
export function waits(options: QueueOptions): Float64Array {
  const { services, servers, utilisation, balancer = 'random', pauses, requests = 200_000, seed = 1 } = options;
  const seeded = new Seeded(seed);
  const exponential = (mean: number) => -Math.log(1 - seeded.fraction()) * mean;
  const weights = services.reduce((sum, { weight }) => sum + weight, 0);
  const meanService = services.reduce((sum, { weight, mean }) => sum + (weight / weights) * mean, 0);
  const between = meanService / (utilisation * servers);

  /** When each server has done all that it was given, and when it pauses next. */
  const freeAt = new Float64Array(servers);
  const pausesAt = Float64Array.from({ length: servers }, () => (pauses ? exponential(pauses.every) : Infinity));
  const waited = new Float64Array(requests);
  let now = 0;
  for (let i = 0; i < requests; i += 1) {
    now += exponential(between);
    const server = next(i);
    let free = freeAt[server] ?? 0;
    let pauseAt = pausesAt[server] ?? Infinity;
    for (; pauses && pauseAt <= Math.max(now, free); pauseAt += exponential(pauses.every)) {
      free = Math.max(free, pauseAt) + exponential(pauses.mean);
    }
    pausesAt[server] = pauseAt;
    waited[i] = Math.max(0, free - now);
    freeAt[server] = Math.max(free, now) + exponential(serviceMean());
  }
  return waited.sort();

  function next(i: number): number {
    if (balancer === 'random') return seeded.below(servers);
    if (balancer === 'round robin') return i % servers;
    return freeAt.reduce((best, free, server) => (free < (freeAt[best] ?? Infinity) ? server : best), 0);
  }

  function serviceMean(): number {
    let left = seeded.fraction() * weights;
    for (const { weight, mean } of services) if ((left -= weight) < 0) return mean;
    return meanService;
  }
}

/** The value below which this part of ascending values lies. */
export function quantile(ascending: Float64Array, part: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * part))] ?? NaN;
}
