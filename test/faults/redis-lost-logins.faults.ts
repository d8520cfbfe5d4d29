import { Fleet, told } from '../harness/fleet.js';
import { forge } from '../harness/forgeries.js';
import { RedisClusterProcesses } from '../harness/redis-cluster.js';
import { describeWithRedis, type RedisProcess } from '../harness/redis-process.js';
import { report } from '../harness/report.js';
import { RedisSentinels } from '../harness/redis-sentinels.js';
import { TalliedLogins } from '../harness/tallied-logins.js';
import { until } from '../harness/until.js';

/** Ten of each take some minutes: FAILOVER_KILLS=10 npm run faults. */
const KILLS = Number(process.env['FAILOVER_KILLS'] ?? 2);
/** Logins a second; a machine that cannot do so many does what it can. */
const RATE = Number(process.env['FAILOVER_RATE'] ?? 500);
/** Logins between two kills. */
const BETWEEN = 500;
const LIMIT = 20;
const IN_MEMORY = ['--save', '', '--appendonly', 'no'];

/** Milliseconds. */
jest.setTimeout(60_000 + KILLS * 60_000);

interface Replicated {
  readonly env: Record<string, string>;
  killMaster(which: number): Promise<RedisProcess>;
  rejoin(node: RedisProcess): Promise<void>;
  stop(): Promise<void>;
}

const topologies: [string, (args: string[]) => Promise<Replicated>][] = [
  ['Sentinel', (args) => RedisSentinels.start(args)],
  ['Cluster', (args) => RedisClusterProcesses.start(args)],
];
const rows = topologies.flatMap(([name, start]) =>
  [0, 1].map((replicas) => [`${name}, min-replicas-to-write ${replicas}`, start, replicas] as const),
);

describeWithRedis(`logins over ${KILLS} masters that are killed`, () => {
  test.each(rows)('%s: nobody is somebody else, and no failure is forgotten', async (name, start, replicas) => {
    const redis = await start([...IN_MEMORY, '--min-replicas-to-write', String(replicas)]);
    const fleet = await Fleet.start({
      env: {
        REDIS_URL: '',
        ...redis.env,
        LOGIN_LIMIT_PER_ADDRESS: '10000000',
        LOGIN_LIMIT_PER_APP: '10000000',
        DECRYPT_FAILURE_LIMIT: String(LIMIT),
      },
    });
    const mallory = await fleet.loggedIn('mallory');
    await forge(fleet, mallory.token, 2 * LIMIT);
    const right = fleet.tap('mallory');

    const logins = new TalliedLogins(fleet, RATE);
    const more = async () => {
      const before = logins.acknowledged;
      await until(
        () => logins.acknowledged - before,
        (count) => count >= BETWEEN,
        60_000,
      );
    };
    for (let i = 0; i < KILLS; i += 1) {
      await more();
      await redis.rejoin(await redis.killMaster(i));
      await more();
      const answer = await until(
        async () => told(await mallory.decryptPhone(right)),
        (told) => told !== 'SERVICE_UNAVAILABLE',
      );
      expect(answer.value).toBe('RATE_LIMITED');
    }
    await logins.end();
    const { lost, wrongUser } = await logins.look();
    const lostAtMost = logins.acknowledged / 10;
    report(`${name}: logins over ${KILLS} kills`, logins.rate, { unit: 'a second' });
    report(`${name}: acknowledged sessions`, logins.acknowledged, { unit: '' });
    report(`${name}: lost ones`, lost, { atMost: lostAtMost, unit: '' });
    report(`${name}: sessions of a wrong user`, wrongUser, { atMost: 0, unit: '' });
    report(`${name}: codes at Weixin twice`, logins.askedTwice, { unit: '' });
    for (const [answer, count] of Object.entries(logins.others))
      report(`${name}: logins told ${answer}`, count, { unit: '' });
    expect(wrongUser).toBe(0);
    expect(lost).toBeLessThan(lostAtMost);
    await logins.close();
    await fleet.stop();
    await redis.stop();
  });
});
