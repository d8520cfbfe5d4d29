import { rounded } from '../../test/report/markdown.js';
import { INPUT_NAMES, INPUTS, type Inputs } from '../capacity/inputs.js';
import { type Capacity, capacity, usersOfAGateway, usersOfRedis } from '../capacity/model.js';
import { type Balancer, quantile, waits } from '../capacity/queue.js';
import { code, type Table } from './table.js';

/** Of users a day, on the page. */
export const SCALES = [1e6, 10e6, 100e6] as const;

const CLUSTERS = [3, 6, 12, 24];
const UTILISATIONS = [0.5, 0.6, 0.7, 0.8];
const QUEUES: readonly (readonly [name: string, queue: { servers: number; balancer: Balancer; hasPauses: boolean }])[] =
  [
    ['one gateway, no pauses', { servers: 1, balancer: 'random', hasPauses: false }],
    ['one gateway', { servers: 1, balancer: 'random', hasPauses: true }],
    ['ten, one at random', { servers: 10, balancer: 'random', hasPauses: true }],
    ['ten in turn', { servers: 10, balancer: 'round robin', hasPauses: true }],
    ['ten, the least busy', { servers: 10, balancer: 'least busy', hasPauses: true }],
  ];
/** Arrivals of each simulated queue. */
const REQUESTS = 200_000;
const UNKNOWN_QUOTA = 'unknown: ask Weixin';

/** The capacity model as tables: its inputs, what one of each carries, what these numbers of users need, and waits. */
export function capacityTables(inputs: Inputs, scales: readonly number[]) {
  const capacities = scales.map((users) => capacity({ ...inputs, users }));
  const heads = scales.map((users) => `${compact(users)} users a day`);
  return {
    capacityInputs: inputsTable(inputs),
    carried: carriedTable(inputs),
    capacity: { columns: ['need', ...heads], rows: needs(capacities) },
    weixinCalls: { columns: ['calls', "Weixin's quota", ...heads], rows: weixinCalls(capacities, inputs.apps) },
    get queue(): Table {
      return queueTable(inputs);
    },
  } satisfies Record<string, Table>;
}

function inputsTable(inputs: Inputs): Table {
  const rows = INPUT_NAMES.map((name) => {
    const { value, unit, meaning, source } = INPUTS[name];
    return [code(name), count(inputs[name]), unit, meaning, inputs[name] === value ? source : 'given'];
  });
  return { columns: ['input', 'value', 'unit', 'meaning', 'source'], rows };
}

function carriedTable(inputs: Inputs): Table {
  const { utilisation, loginRedisCpu, loginCountsCpu } = inputs;
  const { phoneCpu, readCpu } = farCpu(inputs);
  const each = (microseconds: number) => count((utilisation * 1_000_000) / microseconds);
  const redis = (shards: number) => {
    const { byCpu, byMemory } = usersOfRedis(inputs, shards);
    const loginCpu = loginCountsCpu + (loginRedisCpu - loginCountsCpu) / shards;
    const touchCpu = inputs.touch * inputs.touchRedisCpu;
    const phones = (inputs.phoneFarRedisCpu + touchCpu) / shards;
    const reads = (inputs.readFarRedisCpu + touchCpu) / shards;
    return [each(loginCpu), each(phones), each(reads), compact(byCpu), compact(byMemory)];
  };
  return {
    columns: ['carries', 'logins a second', '`decryptPhone`', '`session`', 'users a day by CPU', 'by memory'],
    rows: [
      [
        'one gateway on one core',
        each(inputs.loginCpu),
        each(phoneCpu),
        each(readCpu),
        compact(usersOfAGateway(inputs)),
        '–',
      ],
      ['one Redis', ...redis(1)],
      ...CLUSTERS.map((shards) => [`a Cluster of ${shards} masters`, ...redis(shards)]),
    ],
  };
}

function needs(capacities: readonly Capacity[]): string[][] {
  const row = (need: string, value: (capacity: Capacity) => string) => [need, ...capacities.map(value)];
  return [
    row('logins in the peak second', ({ peak }) => count(peak.logins)),
    row('`decryptPhone` in the peak second', ({ peak }) => count(peak.phones)),
    row('`session` in the peak second', ({ peak }) => count(peak.reads)),
    row('gateways: cores at full use', ({ gatewayCores }) => count(gatewayCores)),
    row('gateways: processes of a core each', ({ gateways }) => count(gateways)),
    row('gateways: memory, GiB', ({ gatewayGiB }) => count(gatewayGiB)),
    row('Redis: commands in the peak second', ({ redis }) => count(redis.commandsASecond)),
    row('Redis: cores at full use', ({ redis }) => count(redis.cores)),
    row("Redis: of these, in the slot of the logins' counts", ({ redis }) => count(redis.hotCores)),
    row('Redis: users with a record', ({ redis }) => compact(redis.users)),
    row('Redis: sessions at one time', ({ redis }) => compact(redis.sessions)),
    row('Redis: memory, GiB', ({ redis }) => count(redis.memoryGiB)),
    row('Redis: masters that the CPU needs', ({ redis }) => count(redis.byCpu)),
    row('Redis: masters that the memory needs', ({ redis }) => count(redis.byMemory)),
    row('network of the gateways to clients, Mbit/s', ({ network }) => count(network.http)),
    row('network of the gateways to Redis, Mbit/s', ({ network }) => count(network.redis)),
  ];
}

function weixinCalls(capacities: readonly Capacity[], apps: number): string[][] {
  const row = (calls: string, quota: string, value: (capacity: Capacity) => number) => [
    calls,
    quota,
    ...capacities.map((each) => count(value(each))),
  ];
  return [
    row('code2Session a day', UNKNOWN_QUOTA, ({ weixin }) => weixin.loginsADay),
    row('code2Session in the peak second', '100 a minute for one user', ({ weixin }) => weixin.loginsASecond),
    row('`LOGIN_LIMIT_PER_APP` of one app, at least', '–', ({ weixin }) => (weixin.loginsASecond * 60) / apps),
    row('code2Session at one time', '–', ({ weixin }) => weixin.loginsInFlight),
    row(
      'getuserphonenumber a day, if each number came by its code',
      UNKNOWN_QUOTA,
      ({ weixin }) => weixin.phoneCodesADay,
    ),
    row('stable_token a day', '500,000, and 10,000 a minute', ({ weixin }) => weixin.tokensADay),
  ];
}

/** Processor time of a gateway for a request without a near copy, its share of the notes of uses included. Microseconds. */
function farCpu({ phoneFarCpu, readFarCpu, touch, touchCpu }: Inputs) {
  return { phoneCpu: phoneFarCpu + touch * touchCpu, readCpu: readFarCpu + touch * touchCpu };
}

/** The p99 of the wait for a free gateway, in milliseconds, of the mix of requests. */
function queueTable(inputs: Inputs): Table {
  const { phoneCpu, readCpu } = farCpu(inputs);
  const services = [
    { weight: inputs.logins, mean: inputs.loginCpu / 1_000 },
    { weight: inputs.phones, mean: phoneCpu / 1_000 },
    { weight: inputs.reads, mean: readCpu / 1_000 },
  ];
  const pauses = { mean: inputs.pause, every: inputs.pauseEvery };
  return {
    columns: ['use of each gateway', ...QUEUES.map(([name]) => name)],
    rows: UTILISATIONS.map((utilisation) => [
      `${utilisation * 100} %`,
      ...QUEUES.map(([, { hasPauses, ...queue }]) => {
        const ascending = waits({ ...queue, services, utilisation, requests: REQUESTS, ...(hasPauses && { pauses }) });
        return quantile(ascending, 0.99).toFixed(1);
      }),
    ]),
  };
}

function count(value: number): string {
  return value === Infinity ? 'more than a Cluster can share' : rounded(value);
}

/** Three digits. */
function compact(value: number): string {
  return count(Number(value.toPrecision(3)));
}
