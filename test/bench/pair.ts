import { randomBytes } from 'node:crypto';
import { LOGINS_A_SECOND } from './comparison.js';
import { Contender } from './contender.js';
import type { Cores } from './cores.js';
import { type Load, load } from './load.js';
import type { Operation } from './operations.js';
import { table, withRange } from './report.js';
import type { Servers } from './servers.js';
import { type Spread, spread } from './spread.js';

const COMPARED: readonly Operation[] = ['decryptPhone', 'session', 'login'];
const USERS = 5_000;
const ROUNDS = 5;
const SECONDS = 2;

/** Processor time of a request at one gateway alone, and at each of two that work at once. */
interface Pair {
  readonly operation: Operation;
  readonly alone: Spread;
  readonly together: Spread;
  /** How many times as much two gateways do for the same processor time each. */
  readonly gain: Spread;
}

/**
 * Two gateways with one Redis, each on a core of its own, against one of them, as a Markdown table. The load and Redis have
 * the same cores, so that requests a second would tell nothing: processor time does.
 */
export async function pair(servers: Servers, cores: Cores | undefined, tell: (progress: string) => void) {
  const redis = {
    REDIS_URL: `redis://127.0.0.1:${await servers.redis()}`,
    STORE_KEYS: `pair:${randomBytes(32).toString('base64')}`,
  };
  const first = new Contender('first', await servers.gateway(redis, { cores: cores?.server }));
  const second = new Contender('second', await servers.gateway(redis, { cores: cores?.others.split(',')[0] }));
  for (const gateway of [first, second]) await gateway.logIn(USERS);
  const round = (gateway: Contender, operation: Operation) =>
    load(gateway.process, gateway.tasks(operation, LOGINS_A_SECOND * SECONDS), {
      seconds: SECONDS,
      again: operation !== 'login',
    });
  const pairs: Pair[] = [];
  for (const operation of COMPARED) {
    const alone: Load[] = [];
    const together: (readonly [Load, Load])[] = [];
    // The first round of each warms up.
    for (let i = -1; i < ROUNDS; i += 1) {
      const one = [await round(first, operation), await round(second, operation)] as const;
      const both = await Promise.all([round(first, operation), round(second, operation)]);
      tell(
        `${operation}: ${one.map(inMicroseconds).join(' and ')} alone, ${both.map(inMicroseconds).join(' and ')} at once`,
      );
      if (i < 0) continue;
      alone.push(...one);
      together.push(both);
    }
    pairs.push({
      operation,
      alone: spread(alone.map(({ cpu }) => cpu)),
      together: spread(together.flat().map(({ cpu }) => cpu)),
      gain: spread(
        together.map(([a, b], i) => (alone[2 * i]?.cpu ?? NaN) / a.cpu + (alone[2 * i + 1]?.cpu ?? NaN) / b.cpu),
      ),
    });
  }
  return table(
    ['operation, with Redis', 'CPU µs a request, one gateway', 'each of two at once', 'two do, times one'],
    pairs.map(({ operation, alone, together, gain }) => [
      operation,
      withRange(alone, 0),
      withRange(together, 0),
      withRange(gain, 2),
    ]),
  );
}

function inMicroseconds({ cpu }: Load): string {
  return `${cpu.toFixed(0)} µs`;
}
