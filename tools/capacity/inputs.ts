/** A number that the model starts from. */
export interface Input {
  readonly value: number;
  readonly unit: string;
  readonly meaning: string;
  /** Measured, a setting, Weixin's, or assumed. */
  readonly source: string;
}

const BENCH = 'measured 2026-11-27, `npm run bench`';
const MEASURED = 'measured 2026-11-26, on a busy machine';
const ASSUMED = 'assumed';

const input = (value: number, unit: string, meaning: string, source: string): Input => ({
  value,
  unit,
  meaning,
  source,
});

/**
 * Everything that the capacity model starts from. New measurements are entered here, and `npm run emit` writes the tables of
 * docs/performance.md.
 */
export const INPUTS = {
  users: input(1_000_000, 'a day', 'users', ASSUMED),
  logins: input(2, 'a user a day', 'logins', ASSUMED),
  phones: input(1, 'a user a day', '`decryptPhone`', ASSUMED),
  reads: input(10, 'a user a day', '`session`', ASSUMED),
  peak: input(5, 'times the mean', 'requests in the peak second', ASSUMED),
  use: input(900, 's', 'from a login to the last use of its session', ASSUMED),
  near: input(0, 'of 1', 'requests that find a near copy: few if many gateways share the users', ASSUMED),
  touch: input(
    1,
    'of 1',
    '`session` and `decryptPhone` that note a use in Redis: the first at each gateway in five minutes',
    ASSUMED,
  ),
  apps: input(1, 'apps', 'Mini Programs', ASSUMED),
  fresh: input(0.33, 'of 1', 'users of a day who were not among those of the days before', ASSUMED),

  utilisation: input(0.5, 'of 1', 'use of a core in the peak second, of a gateway or a Redis', ASSUMED),
  shardMemory: input(16, 'GiB', 'memory of one Redis', ASSUMED),
  memoryReserve: input(2, 'times', 'memory for the data of Redis: copies on write, fragmentation', ASSUMED),
  weixinLatency: input(100, 'ms', 'answer of Weixin', ASSUMED),
  idle: input(7_200, 's', '`SESSION_IDLE_SECONDS`: an unused session ends', 'default'),
  absolute: input(604_800, 's', "`SESSION_ABSOLUTE_SECONDS`: a user's record ends after the last login", 'default'),
  codeKept: input(300, 's', 'time for which a code counts as used', 'fixed limit'),
  tokenLife: input(7_200, 's', 'life of an access token', 'Weixin'),
  tokenRenewed: input(300, 's', 'time before its end at which it is renewed', 'fixed limit'),

  loginCpu: input(340, 'µs', 'CPU of a gateway, `login`', BENCH),
  phoneCpu: input(145, 'µs', 'the same, `decryptPhone`, near', BENCH),
  phoneFarCpu: input(199, 'µs', 'the same, not near', BENCH),
  readCpu: input(54, 'µs', 'the same, `session`, near', BENCH),
  readFarCpu: input(74, 'µs', 'the same, not near', BENCH),
  touchCpu: input(73, 'µs', 'CPU of a gateway, noting a use', MEASURED),
  pause: input(2, 'ms', 'a pause of a gateway for garbage collection', MEASURED),
  pauseEvery: input(50, 'ms', 'from one pause to the next at half use', MEASURED),
  gatewayMemory: input(250, 'MiB', 'resident memory of a gateway with 100,000 near copies', MEASURED),

  loginRedisCpu: input(84, 'µs', 'CPU of Redis with an append-only file, `login`', BENCH),
  loginCountsCpu: input(16, 'µs', 'of that, its counts: one slot of a Cluster', BENCH),
  phoneRedisCpu: input(50, 'µs', 'the same, `decryptPhone`, near', BENCH),
  phoneFarRedisCpu: input(57, 'µs', 'the same, not near', BENCH),
  readFarRedisCpu: input(5, 'µs', 'the same, `session`, not near', BENCH),
  touchRedisCpu: input(14, 'µs', 'the same, noting a use', MEASURED),
  loginCommands: input(5, 'commands', '`login`', BENCH),
  phoneCommands: input(2, 'commands', '`decryptPhone`, near', BENCH),
  phoneFarCommands: input(4, 'commands', '`decryptPhone`, not near', BENCH),
  readFarCommands: input(1, 'commands', '`session`, not near', BENCH),
  touchCommands: input(3, 'commands', 'noting a use', MEASURED),
  heartbeat: input(4, 'commands a second', 'of each gateway to each Redis', 'docs/redis.md'),

  userBytes: input(476, 'bytes', "Redis, a user's record", BENCH),
  sessionBytes: input(400, 'bytes', 'Redis, a session', BENCH),
  codeBytes: input(989, 'bytes', 'Redis, a used code', BENCH),

  loginRedisBytes: input(2_910, 'bytes', 'between gateway and Redis, `login`', BENCH),
  phoneRedisBytes: input(690, 'bytes', 'the same, `decryptPhone`, near', BENCH),
  phoneFarRedisBytes: input(1_170, 'bytes', 'the same, `decryptPhone`, not near', BENCH),
  readFarRedisBytes: input(330, 'bytes', 'the same, `session`, not near', BENCH),
  touchRedisBytes: input(680, 'bytes', 'the same, noting a use', MEASURED),
  httpBytes: input(1_100, 'bytes', 'between client and gateway, a request with its answer, without TLS', MEASURED),
} as const satisfies Record<string, Input>;

export type InputName = keyof typeof INPUTS;
export type Inputs = Readonly<Record<InputName, number>>;

export const INPUT_NAMES = Object.keys(INPUTS) as InputName[];

/** The inputs, some of them changed. */
export function inputsWith(changes: Partial<Inputs> = {}): Inputs {
  const values = Object.fromEntries(INPUT_NAMES.map((name) => [name, INPUTS[name].value])) as Inputs;
  return { ...values, ...changes };
}

/** The mean of what costs one thing with a near copy and another without. */
export function mixed({ near }: Inputs, withCopy: number, without: number): number {
  return near * withCopy + (1 - near) * without;
}
