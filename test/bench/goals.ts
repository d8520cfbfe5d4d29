import type { Figure } from '../report/figure.js';
import type { Row } from './comparison.js';
import type { Report } from './report.js';
import type { Operation } from './operations.js';
import type { PacedLoad } from './paced-load.js';
import { spread } from './spread.js';

const FLOOR = 'floor: bare node:http';
const MEMORY = 'gateway, memory';
const REDIS = 'gateway, Redis';
const MERCURIUS = 'mercurius 16, jit, our resolvers';

/** Processor time of one server for a request over that of another, in the rounds of an operation. */
interface CpuGoal {
  readonly operation: Operation;
  readonly of: string;
  readonly over: string;
  readonly what: string;
  readonly atLeast: number;
}

const CPU_GOALS: readonly CpuGoal[] = [
  { operation: 'decryptPhone', of: MERCURIUS, over: MEMORY, what: 'in memory, of mercurius', atLeast: 1.8 },
  { operation: 'decryptPhone', of: FLOOR, over: MEMORY, what: 'in memory, of the floor', atLeast: 0.7 },
  { operation: 'session', of: FLOOR, over: MEMORY, what: 'in memory, of the floor', atLeast: 0.85 },
  { operation: 'decryptPhone', of: MEMORY, over: REDIS, what: 'with Redis, of that in memory', atLeast: 0.6 },
  { operation: 'login', of: MEMORY, over: REDIS, what: 'with Redis, of that in memory', atLeast: 0.5 },
];

/** Milliseconds by which the gateway's p99 at 70 % load may be above the floor's. */
const CALM_P99_ABOVE = 10;

/** Round trips that the answer waits for, and commands where they are held to, by the step that is counted. */
const ROUND_TRIPS: Readonly<Record<string, { readonly awaited: number; readonly commands?: number }>> = {
  'login, a new user': { awaited: 3, commands: 5 },
  'decryptPhone, the first after a login': { awaited: 2 },
  'decryptPhone, near session': { awaited: 1 },
  'session, near': { awaited: 0 },
  'session, not near': { awaited: 1 },
  logout: { awaited: 1 },
  'login, the same code again': { awaited: 1 },
};

/** Bytes a user in Redis: what version 0.1.0 took. */
const REDIS_BYTES = {
  staying: { what: 'Redis, a user with a session', atMost: 1_339 },
  withoutSession: { what: 'Redis, a user after it', atMost: 990 },
};

/**
 * What the benchmark holds the gateway to, each goal beside what was measured: nothing, if its rows are missing.
 *
 * @param isQuick the processes were cold: their speed is told and held to nothing
 */
export function goals(report: Report, isQuick: boolean): Figure[] {
  const speed = speedGoals(report);
  return [...(isQuick ? speed.map(withoutBound) : speed), ...countGoals(report)];
}

function speedGoals({ rows }: Report): Figure[] {
  const find = (operation: Operation, server: string) =>
    rows.find((row) => row.operation === operation && row.server === server);
  return [
    ...CPU_GOALS.map(({ operation, of, over, what, atLeast }) => {
      const [one, other] = [find(operation, of), find(operation, over)];
      const ratios = (one?.loads ?? []).flatMap(({ cpu }, i) => {
        const load = other?.loads[i];
        return load === undefined ? [] : [cpu / load.cpu];
      });
      return { what: `${operation} ${what}, by CPU`, ...ofRounds(ratios, 'times'), atLeast };
    }),
    ...rows.flatMap((row) => calmGoals(row, find(row.operation, FLOOR))),
  ];
}

function countGoals({ roundTrips, redisMemory }: Report): Figure[] {
  return [
    ...Object.entries(ROUND_TRIPS).flatMap(([what, goal]) => {
      const counted = roundTrips.find(({ step }) => step === what);
      return [
        { what, measured: counted?.awaited ?? null, unit: 'round trips', atMost: goal.awaited },
        ...(goal.commands === undefined
          ? []
          : [{ what, measured: counted?.commands.length ?? null, unit: 'commands', atMost: goal.commands }]),
      ];
    }),
    ...Object.entries(REDIS_BYTES).map(([name, { what, atMost }]) => ({
      what,
      measured: redisMemory?.[name as keyof typeof REDIS_BYTES] ?? null,
      unit: 'bytes',
      atMost,
    })),
  ];
}

function withoutBound({ what, measured, unit, range }: Figure): Figure {
  return { what, measured, unit, ...(range && { range }) };
}

function calmGoals(row: Row, floor: Row | undefined): Figure[] {
  if (row.server !== MEMORY || floor === undefined) return [];
  const what = `${row.operation} in memory, p99 at 70 % load above the floor's`;
  const goal = (name: string, p99: keyof PacedLoad): Figure => {
    const above = row.calms.flatMap((own, i) => {
      const calm = floor.calms[i];
      return calm === undefined ? [] : [(own[p99] - calm[p99]) / 1_000];
    });
    return { what: name, ...ofRounds(above, 'ms'), atMost: CALM_P99_ABOVE };
  };
  return [goal(what, 'p99'), goal(`${what}, of a quarter second`, 'windowP99')];
}

function ofRounds(values: readonly number[], unit: string): Omit<Figure, 'what'> {
  if (values.length === 0) return { measured: null, unit };
  const { median, min, max } = spread(values);
  return { measured: median, unit, ...(values.length > 1 && { range: [min, max] as const }) };
}
