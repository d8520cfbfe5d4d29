import { INPUT_NAMES, INPUTS, inputsWith } from '../../tools/capacity/inputs.js';
import { capacity, usersOfAGateway, usersOfRedis } from '../../tools/capacity/model.js';
import { type Balancer, quantile, type QueueOptions, waits } from '../../tools/capacity/queue.js';
import { capacityTables, SCALES } from '../../tools/tables/capacity.js';

const inputs = inputsWith({ users: 10e6 });
const needs = capacity(inputs);

test('twice the users need twice of everything', () => {
  const { redis, ...twice } = capacity({ ...inputs, users: 20e6 });
  expect(twice.gatewayCores).toBeCloseTo(2 * needs.gatewayCores);
  expect(twice.peak.logins).toBeCloseTo(2 * needs.peak.logins);
  expect(twice.network.http).toBeCloseTo(2 * needs.network.http);
  expect(redis.cores).toBeCloseTo(2 * needs.redis.cores);
  expect(redis.memoryGiB).toBeCloseTo(2 * needs.redis.memoryGiB);
  expect(twice.weixin.loginsADay).toBe(2 * needs.weixin.loginsADay);
});

test('the logins of a day, the peak and the cost of one give the cores', () => {
  const only = inputsWith({
    users: 86_400,
    logins: 1,
    phones: 0,
    reads: 0,
    peak: 10,
    loginCpu: 400,
    loginRedisCpu: 100,
  });
  const { peak, gatewayCores, gateways, redis } = capacity(only);
  expect(peak.logins).toBeCloseTo(10);
  expect(gatewayCores).toBeCloseTo(0.004);
  expect(redis.cores).toBeCloseTo(0.001);
  // One is enough; a restart needs another.
  expect([gateways, redis.shards]).toEqual([2, 1]);
});

test('no gateway is used more than is aimed at, and one gateway fewer would be', () => {
  const { gatewayCores, gateways } = needs;
  expect(gatewayCores / gateways).toBeLessThanOrEqual(inputs.utilisation);
  expect(gatewayCores / (gateways - 1)).toBeGreaterThan(inputs.utilisation);
});

test('what does not fit into the memory of one Redis takes a shard more', () => {
  const { memoryGiB } = needs.redis;
  const shards = (shardMemory: number) => capacity({ ...inputs, utilisation: 1e6, shardMemory }).redis.shards;
  expect(shards(memoryGiB * 1.001)).toBe(1);
  expect(shards(memoryGiB * 0.999)).toBe(2);
});

test('masters share the work of Redis but for the counts of logins, which no number of them can share', () => {
  const spread = capacity({ ...inputs, users: 100e6 }).redis;
  const { utilisation } = inputs;
  const busiest = (shards: number) => spread.hotCores + (spread.cores - spread.hotCores) / shards;
  expect(busiest(spread.byCpu)).toBeLessThanOrEqual(utilisation);
  expect(busiest(spread.byCpu - 1)).toBeGreaterThan(utilisation);
  expect(capacity({ ...inputs, users: 100e6, utilisation: spread.hotCores }).redis.byCpu).toBe(Infinity);
});

test('what a gateway and some masters carry needs exactly them', () => {
  const carried = usersOfAGateway(inputs);
  expect(capacity({ ...inputs, users: carried }).gatewayCores).toBeCloseTo(inputs.utilisation);
  const users = usersOfRedis(inputs, 6);
  expect(capacity({ ...inputs, users: users.byCpu * 0.999 }).redis.byCpu).toBe(6);
  expect(capacity({ ...inputs, users: users.byMemory * 0.999 }).redis.byMemory).toBe(6);
});

test('near copies spare gateways and Redis work', () => {
  const near = capacity({ ...inputs, near: 1 });
  expect(near.gatewayCores).toBeLessThan(needs.gatewayCores);
  expect(near.redis.commandsASecond).toBeLessThan(needs.redis.commandsASecond);
});

const tables = (changes: object) => capacityTables(inputsWith(changes), SCALES);

test('pauses change the waits', () => {
  const { queue } = tables({});
  expect(tables({ pause: 4 }).queue).not.toEqual(queue);
  expect(tables({ pauseEvery: 100 }).queue).not.toEqual(queue);
});

/** Milliseconds. */
const WAIT_AT_MOST = 10;

test(`at the use that is aimed at, 99 % of the requests wait ${WAIT_AT_MOST} ms at most, whatever the balancer`, () => {
  const row = tables({}).queue.rows.find(([use]) => use === `${inputs.utilisation * 100} %`) ?? [];
  const p99s = row.slice(1).map(Number);
  expect(p99s).toHaveLength(5);
  expect(Math.max(...p99s)).toBeLessThan(WAIT_AT_MOST);
});

test('every other input changes what is carried or needed', () => {
  const figures = (changes: object) => {
    const { carried, capacity, weixinCalls } = tables(changes);
    return JSON.stringify([carried, capacity, weixinCalls]);
  };
  const unchanged = figures({});
  // `near` is 0, so that the costs with a near copy count only if it is not; `users` are the columns.
  const base = { near: 0.5 };
  const withCopies = figures(base);
  expect(withCopies).not.toBe(unchanged);
  const others = INPUT_NAMES.filter((name) => !['users', 'near', 'pause', 'pauseEvery'].includes(name));
  const deaf = others.filter((name) => figures({ ...base, [name]: INPUTS[name].value * 1.7 }) === withCopies);
  expect(deaf).toEqual([]);
});

describe('the queue', () => {
  const services = [{ weight: 1, mean: 1 }];
  const p99 = (options: Partial<QueueOptions>) =>
    quantile(waits({ services, servers: 1, utilisation: 0.7, ...options }), 0.99);

  test.each([0.5, 0.6, 0.7, 0.8])('of one gateway used to %f waits as long as theory says (M/M/1)', (utilisation) => {
    const theory = Math.log(100 * utilisation) / (1 - utilisation);
    expect(p99({ utilisation }) / theory).toBeCloseTo(1, 0);
    expect(Math.abs(p99({ utilisation, requests: 1_000_000 }) / theory - 1)).toBeLessThan(0.1);
  });

  test('is repeated by its seed', () => {
    expect(p99({ seed: 7 })).toBe(p99({ seed: 7 }));
    expect(p99({ seed: 7 })).not.toBe(p99({ seed: 8 }));
  });

  test('waits less the more its balancer knows, and chance makes of ten gateways ten queues', () => {
    const ten = (balancer: Balancer) => p99({ servers: 10, balancer });
    expect(ten('least busy')).toBeLessThan(ten('round robin'));
    expect(ten('round robin')).toBeLessThan(ten('random'));
    expect(Math.abs(ten('random') / p99({}) - 1)).toBeLessThan(0.1);
  });

  test('with pauses waits as long as theory says (preemptive priority), also for those that begin meanwhile', () => {
    const [utilisation, pauses] = [0.5, { mean: 20, every: 100 }];
    const paused = pauses.mean / pauses.every;
    const residual = pauses.mean ** 2 / pauses.every + utilisation;
    const theory = residual / ((1 - paused) * (1 - paused - utilisation));
    const all = waits({ services, servers: 1, utilisation, pauses, requests: 1_000_000 });
    const mean = all.reduce((sum, wait) => sum + wait, 0) / all.length;
    expect(Math.abs(mean / theory - 1)).toBeLessThan(0.1);
  });

  test('waits longer with pauses and with requests that differ', () => {
    expect(p99({ pauses: { mean: 20, every: 500 } })).toBeGreaterThan(1.2 * p99({}));
    const mixed = [
      { weight: 9, mean: 0.5 },
      { weight: 1, mean: 5.5 },
    ];
    expect(p99({ services: mixed })).toBeGreaterThan(1.5 * p99({}));
  });
});
