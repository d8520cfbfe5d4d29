import { setTimeout as delay } from 'node:timers/promises';
import { Fleet } from '../harness/fleet.js';
import { LossyNetwork } from '../harness/lossy-network.js';
import { describeWithRedis, RedisProcess } from '../harness/redis-process.js';
import { RedisRelay } from '../harness/redis-relay.js';
import { report } from '../harness/report.js';
import { TalliedLogins } from '../harness/tallied-logins.js';
import { until } from '../harness/until.js';
import { Seeded } from '../history/seeded.js';

jest.setTimeout(240_000);

/** Logins of each row, and how many start in a second. */
const LOGINS = 1_000;
const RATE = 50;
/** Milliseconds that Weixin takes to answer: meanwhile the line may stall, and the code is spent. */
const WEIXIN_TAKES = 100;
/** Milliseconds of every second in which Redis is stopped. */
const STOPPED = 200;

/** What stalls the only connection of each gateway for 0.2 s, until it is told to end. */
interface Stalls {
  readonly url: string;
  readonly count: () => number;
  readonly end: () => Promise<void>;
}

const lossy = (percent: number) => async (redis: RedisProcess) => {
  const network = new LossyNetwork({ percent, seeded: new Seeded(1) });
  const relay = await RedisRelay.to(redis.port, network.lead);
  return { url: relay.url, count: () => network.lost, end: () => relay.close() };
};

async function stopped(redis: RedisProcess): Promise<Stalls> {
  let [stops, isOver] = [0, false];
  const stopping = (async () => {
    while (!isOver) {
      await redis.signal('SIGSTOP');
      stops += 1;
      await delay(STOPPED);
      await redis.signal('SIGCONT');
      await delay(1_000 - STOPPED);
    }
  })();
  const end = () => {
    isOver = true;
    return stopping;
  };
  return { url: redis.url, count: () => stops, end };
}

describeWithRedis('a Redis that stalls for 0.2 s again and again', () => {
  test.each<[string, (redis: RedisProcess) => Promise<Stalls>]>([
    ['of 1,000 segments one is lost', lossy(0.1)],
    ['of 100 segments one is lost', lossy(1)],
    ['it is stopped for 0.2 s of every second', stopped],
  ])('%s: no code of a login is spent in vain', async (name, stall) => {
    const redis = await RedisProcess.start();
    const stalls = await stall(redis);
    const fleet = await Fleet.start({
      env: { REDIS_URL: stalls.url, LOGIN_LIMIT_PER_ADDRESS: '10000000', LOGIN_LIMIT_PER_APP: '10000000' },
    });
    fleet.delayNextLogin(WEIXIN_TAKES, 2 * LOGINS);
    const logins = new TalliedLogins(fleet, RATE);
    await until(
      () => logins.total,
      (total) => total >= LOGINS,
      180_000,
    );
    await logins.end();
    const spent = logins.others['CODE_ALREADY_USED'] ?? 0;
    const count = stalls.count();
    process.stdout.write(
      `    ${name} (${count} stalls): CODE_ALREADY_USED for ${spent} of ${logins.total} logins, ` +
        `${logins.sentAgain} of which were sent again; codes at Weixin twice: ${logins.askedTwice}\n`,
    );
    report(`${name}: CODE_ALREADY_USED of ${logins.total} logins`, spent, { unit: 'logins', atMost: 0 });
    await logins.close();
    await fleet.stop();
    await stalls.end();
    await redis.stop();
    expect(count).toBeGreaterThan(0);
    expect(logins.sentAgain).toBeGreaterThan(0);
    expect(logins.others).toEqual({});
    expect(logins.askedTwice).toBe(0);
  });
});
