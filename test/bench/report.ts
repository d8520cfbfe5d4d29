import type { Row } from './comparison.js';
import type { RedisCost } from './redis-cost.js';
import type { RedisMemory } from './redis-memory.js';
import type { CountedStep } from './round-trips.js';
import type { Spread } from './spread.js';
import type { Start } from './starts.js';

/** What sessions take in the gateway's own memory, in bytes. */
export interface StoreMemory {
  readonly count: number;
  readonly sessionBytes: number;
  readonly ringBytes: number;
  /** Resident memory of the process for each session with its ring. */
  readonly residentBytes: number;
}

export interface Report {
  readonly rows: readonly Row[];
  readonly roundTrips: readonly CountedStep[];
  readonly redisCosts: readonly RedisCost[];
  readonly redisMemory: RedisMemory | undefined;
  readonly storeMemory: StoreMemory;
  readonly starts: readonly Start[];
}

/** The figures as Markdown tables. */
export function markdown({ rows, roundTrips, redisCosts, redisMemory, storeMemory, starts }: Report): string {
  return [
    comparisonTable(rows),
    ...(roundTrips.length > 0 ? [roundTripTable(roundTrips)] : []),
    ...(redisCosts.length > 0 ? [redisCostTable(redisCosts)] : []),
    memoryTable(storeMemory, redisMemory),
    ...(starts.length > 0 ? [startTable(starts)] : []),
  ].join('\n\n');
}

function comparisonTable(rows: readonly Row[]): string {
  return table(
    [
      'operation',
      'server',
      'requests a second (least to most)',
      'of the floor',
      'p50 ms',
      'p99 ms',
      'p99 ms at 70 % load (least to most)',
      'of a quarter second',
      'CPU µs a request',
      'of the floor by CPU',
      'core used',
      'RSS MiB',
      'wrong',
    ],
    rows.map((row) => [
      row.operation,
      row.server,
      withRange(row.perSecond, 0),
      withRange(row.ofFloor, 2),
      (row.p50 / 1000).toFixed(1),
      (row.p99 / 1000).toFixed(1),
      withRange(inMilliseconds(row.calmP99), 1),
      withRange(inMilliseconds(row.calmWindowP99), 1),
      withRange(row.cpu, 0),
      withRange(row.ofFloorCpu, 2),
      `${Math.round(row.busy * 100)} %`,
      mebibytes(row.residentBytes),
      String(row.wrong),
    ]),
  );
}

function roundTripTable(roundTrips: readonly CountedStep[]): string {
  return table(
    ['request', 'round trips waited for', 'commands sent', 'which'],
    roundTrips.map(({ step, awaited, commands }) => [
      step,
      String(awaited),
      String(commands.length),
      commands.join(', ') || '–',
    ]),
  );
}

function redisCostTable(costs: readonly RedisCost[]): string {
  return table(
    ['Redis, append-only file', 'CPU µs a request', 'bytes received', 'bytes sent'],
    costs.map(({ request, cpu, received, sent }) => [request, cpu.toFixed(0), received.toFixed(0), sent.toFixed(0)]),
  );
}

function memoryTable(memory: StoreMemory, redis: RedisMemory | undefined): string {
  const bytes = (value: number) => String(Math.round(value));
  const count = (value: number) => value.toLocaleString('en');
  return table(
    ['memory', 'bytes'],
    [
      [`in the process, a session, of ${count(memory.count)}`, bytes(memory.sessionBytes)],
      ['in the process, a ring of one key', bytes(memory.ringBytes)],
      ['in the process, a session with its ring, resident', bytes(memory.residentBytes)],
      ...(redis === undefined
        ? []
        : [
            [`Redis, a login, just after ${count(redis.logins)} of as many users`, bytes(redis.afterLogin)],
            [
              'Redis, the same once the records of used codes are gone: session and record of the user',
              bytes(redis.staying),
            ],
            ['Redis, the same once the sessions have ended', bytes(redis.withoutSession)],
            ['Redis, the key of a session (MEMORY USAGE)', bytes(redis.parts.session)],
            ['Redis, the record of a user: key ring and list of sessions (MEMORY USAGE)', bytes(redis.parts.user)],
          ]),
    ],
  );
}

function startTable(starts: readonly Start[]): string {
  return table(
    ['start', 'ms to the first answer', 'RSS MiB, idle'],
    starts.map(({ server, firstAnswer, idleMebibytes }) => [
      server,
      withRange(firstAnswer, 0),
      withRange(idleMebibytes, 0),
    ]),
  );
}

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

export function withRange({ median, min, max }: Spread, digits: number): string {
  if (Number.isNaN(median)) return '–';
  return `${median.toFixed(digits)} (${min.toFixed(digits)} to ${max.toFixed(digits)})`;
}

function inMilliseconds({ median, min, max }: Spread): Spread {
  return { median: median / 1000, min: min / 1000, max: max / 1000 };
}

function mebibytes(bytes: number): string {
  return Number.isNaN(bytes) ? '–' : (bytes / 2 ** 20).toFixed(0);
}
