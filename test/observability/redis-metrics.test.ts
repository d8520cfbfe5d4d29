import { describeWithRedis, RedisProcess } from '../harness/redis-process.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';
import { until } from '../harness/until.js';

describeWithRedis('what the metrics tell of Redis', () => {
  let redis: RedisProcess;
  let running: RunningGateway;

  beforeEach(async () => {
    redis = await RedisProcess.start();
    running = await runGateway({ METRICS_PORT: '0', REDIS_URL: redis.url });
  });
  afterEach(async () => {
    await redis.signal('SIGCONT');
    await running.gateway.stop();
    await redis.stop();
  });

  /** The value of a series; 0 if it is not there. */
  async function value(series: string): Promise<number> {
    const text = await (await fetch(`${running.gateway.metricsUrl ?? ''}/metrics`)).text();
    const line = text.split('\n').find((each) => each.startsWith(`${series} `));
    return Number(line?.slice(series.length + 1) ?? 0);
  }

  test('each command is measured by its name, a script by its own', async () => {
    await running.loggedIn('alice');
    expect(await value('gateway_redis_command_seconds_count{command="EVALSHA appendLogin"}')).toBe(1);
    expect(await value('gateway_redis_command_seconds_sum{command="EVALSHA appendLogin"}')).toBeLessThan(10);
    expect(await value('gateway_redis_command_seconds_count{command="SET"}')).toBeGreaterThan(0);
  });

  test('reads that near copies answer are told from those that ask Redis', async () => {
    const alice = await running.loggedIn('alice');
    const session = async () => expect((await alice.session()).__typename).toBe('Session');
    await session();
    const misses = await until(
      () => value('gateway_redis_near_misses_total'),
      (count) => count > 0,
    );
    const reads = await value('gateway_redis_near_reads_total');
    await until(
      async () => {
        await session();
        return value('gateway_redis_near_reads_total');
      },
      (count) => count >= reads + 10,
    );
    // A touch of the session may have asked once more.
    expect(await value('gateway_redis_near_misses_total')).toBeLessThan(misses.value + 5);
  });

  test('errors are counted by kind: late answers, commands not sent, refusals by their word', async () => {
    await running.loggedIn('alice');
    await redis.signal('SIGSTOP');
    await running.client().post({ query: 'mutation{login(input:{code:"c"}){__typename}}' });
    expect(await value('gateway_redis_errors_total{kind="late"}')).toBeGreaterThan(0);
    await until(
      async () => {
        await running.client().post({ query: 'mutation{login(input:{code:"c"}){__typename}}' });
        return value('gateway_redis_errors_total{kind="not_sent"}');
      },
      (count) => count > 0,
    );
  });

  test('a connection that is made anew is counted', async () => {
    expect(await value('gateway_redis_connections_total')).toBe(1);
    await redis.signal('SIGKILL');
    await redis.start();
    const { value: connections } = await until(
      () => value('gateway_redis_connections_total'),
      (count) => count > 1,
    );
    expect(connections).toBe(2);
  });

  test('the number of sessions is not told: it is in Redis', async () => {
    const text = await (await fetch(`${running.gateway.metricsUrl ?? ''}/metrics`)).text();
    expect(text).not.toMatch(/^gateway_sessions/m);
  });
});
