import { Contender } from './contender.js';
import { type Load, load } from './load.js';
import { type Operation, OPERATIONS } from './operations.js';
import { type PacedLoad, pacedLoad } from './paced-load.js';
import { hasRedis, type Servers } from './servers.js';
import { median, type Spread, spread } from './spread.js';

export interface Plan {
  /** Sessions that take turns. */
  readonly users: number;
  readonly rounds: number;
  /** Of one round, and before the first one, uncounted. */
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

/** Of the capacity that a server showed: where its latency is looked at, as it would be in a well-run deployment. */
const CALM = 0.7;
/** Milliseconds to a Redis in another building. */
const DISTANCE = 1;

/** What one operation costs at one server. Times in microseconds. */
export interface Row {
  readonly operation: Operation;
  readonly server: string;
  readonly perSecond: Spread;
  /** Requests a second over those of the floor in the same round. */
  readonly ofFloor: Spread;
  readonly p50: number;
  readonly p99: number;
  /** At CALM of the server's own capacity. */
  readonly calmP99: Spread;
  readonly calmWindowP99: Spread;
  readonly cpu: Spread;
  /** Processor time of the floor over that of this server, in the same round. */
  readonly ofFloorCpu: Spread;
  readonly busy: number;
  /** Answers that were wrong, and are in no other figure, in all rounds. */
  readonly wrong: number;
  readonly residentBytes: number;
  /** Round by round, as at the other servers. */
  readonly loads: readonly Load[];
  /** At CALM, round by round. */
  readonly calms: readonly PacedLoad[];
}

/** Logins prepared for a second: more than any server takes on one core. */
export const LOGINS_A_SECOND = 12_000;

/** The same operations on the same data at every server, the rounds interleaved. */
export async function compare(
  servers: Servers,
  plan: Plan,
  { tell, beside }: { readonly tell: (progress: string) => void; readonly beside?: string | undefined },
): Promise<Row[]> {
  const contenders = await start(servers, beside);
  for (const contender of contenders) {
    const { refused } = await contender.logIn(plan.users);
    tell(`${contender.name}: ${plan.users} logins, ${refused} refused at first`);
  }
  const rows: Row[] = [];
  for (const operation of OPERATIONS) {
    const tasks = (contender: Contender, seconds: number) => contender.tasks(operation, LOGINS_A_SECOND * seconds);
    const round = (contender: Contender, seconds: number) =>
      load(contender.process, tasks(contender, seconds), { seconds, again: operation !== 'login' });
    const compared = contenders.filter((contender) => contender.operations.includes(operation));
    for (const contender of compared) {
      tell(`${operation}, ${contender.name}: warming up`);
      await round(contender, plan.warmUpSeconds);
    }
    const loads = new Map<Contender, Load[]>(compared.map((contender) => [contender, []]));
    for (let i = 0; i < plan.rounds; i += 1) {
      for (const [contender, seen] of loads) {
        const one = await round(contender, plan.seconds);
        tell(
          `${operation}, ${contender.name}, round ${i + 1}: ${Math.round(one.perSecond)} a second, ` +
            `${one.cpu.toFixed(0)} µs, ${one.wrong} wrong`,
        );
        seen.push(one);
      }
    }
    const [floor = []] = loads.values();
    const calm = new Map<Contender, PacedLoad[]>(compared.map((contender) => [contender, []]));
    for (let i = 0; i < plan.rounds; i += 1) {
      for (const [contender, seen] of loads) {
        const { seconds } = plan;
        const rate = CALM * median(seen.map((one) => one.perSecond));
        calm.get(contender)?.push(await pacedLoad(contender.process, tasks(contender, seconds), { seconds, rate }));
      }
    }
    for (const [contender, seen] of loads) rows.push(row(operation, contender, seen, floor, calm.get(contender) ?? []));
  }
  return rows;
}

/** @param beside the dist/main.js of another version */
async function start(servers: Servers, beside: string | undefined): Promise<Contender[]> {
  const contenders = [
    new Contender('floor: bare node:http', await servers.floor(), { pathOf: rest }),
    new Contender('gateway, memory', await servers.gateway()),
  ];
  if (beside !== undefined)
    contenders.push(new Contender('gateway beside', await servers.gateway({}, { main: beside })));
  if (hasRedis()) contenders.push(...(await withRedis(servers)));
  const peers = [
    new Contender('mercurius 16, jit, our resolvers', await servers.peer('mercurius'), {
      operations: ['decryptPhone'],
    }),
    new Contender('Apollo standalone, type-graphql', await servers.peer('apollo-standalone'), {
      operations: ['decryptPhone'],
    }),
    new Contender('express 5, the sample class', await servers.peer('express'), {
      pathOf: rest,
      operations: ['decryptPhone'],
    }),
  ];
  return [...contenders, ...peers];
}

/** One Redis, near and at a distance, without near copies, and a Cluster. */
async function withRedis(servers: Servers): Promise<Contender[]> {
  const port = await servers.redis();
  const url = `redis://127.0.0.1:${port}`;
  const rows: [string, Record<string, string>][] = [
    ['gateway, Redis', { REDIS_URL: url }],
    ['gateway, Redis without near copies', { REDIS_URL: url, REDIS_NEAR_COPIES: 'off', REDIS_KEY_PREFIX: 'off:' }],
    [
      `gateway, Redis ${DISTANCE} ms away`,
      { REDIS_URL: await servers.redisAway(port, DISTANCE), REDIS_KEY_PREFIX: 'far:' },
    ],
    ['gateway, Redis Cluster of three', { REDIS_CLUSTER: await servers.redisCluster() }],
  ];
  return Promise.all(rows.map(async ([name, env]) => new Contender(name, await servers.gateway(env))));
}

/** Where there is no GraphQL, each operation has a path. */
function rest(operation: Operation): string {
  return `/${operation}`;
}

function row(
  operation: Operation,
  { name, process }: Contender,
  loads: readonly Load[],
  floor: readonly Load[],
  calm: readonly PacedLoad[],
): Row {
  const ofFloor = (ratio: (own: Load, floor: Load) => number) =>
    spread(loads.flatMap((own, i) => (floor[i] === undefined ? [] : [ratio(own, floor[i])])));
  return {
    operation,
    server: name,
    perSecond: spread(loads.map((load) => load.perSecond)),
    ofFloor: ofFloor((own, floor) => own.perSecond / floor.perSecond),
    p50: median(loads.map((load) => load.p50)),
    p99: median(loads.map((load) => load.p99)),
    calmP99: spread(calm.map(({ p99 }) => p99)),
    calmWindowP99: spread(calm.map(({ windowP99 }) => windowP99)),
    cpu: spread(loads.map((load) => load.cpu)),
    ofFloorCpu: ofFloor((own, floor) => floor.cpu / own.cpu),
    busy: median(loads.map((load) => load.busy)),
    wrong: loads.reduce((sum, load) => sum + load.wrong, 0),
    residentBytes: process.residentBytes(),
    loads,
    calms: calm,
  };
}
