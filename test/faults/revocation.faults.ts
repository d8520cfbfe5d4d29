import { Fleet, told } from '../harness/fleet.js';
import { describeWithRedis } from '../harness/redis-process.js';
import { report } from '../harness/report.js';
import { until } from '../harness/until.js';

jest.setTimeout(60_000);

/** Milliseconds after which a revoked session is rejected everywhere. */
const EVERYWHERE = 1_000;
const REVOCATIONS = 50;

describeWithRedis('a revoked session', () => {
  let fleet: Fleet;
  beforeAll(async () => {
    fleet = await Fleet.start();
  });
  afterAll(() => fleet.stop());

  test('is rejected by the other gateway, which has a copy, in time', async () => {
    const late: number[] = [];
    for (let i = 0; i < REVOCATIONS; i += 1) {
      const [here, there] = await fleet.usedAtBoth(`user-${i}`);
      await here.logout({ everywhere: true });
      const { after } = await until(
        async () => told(await there.session()),
        (answer) => answer === 'NOT_LOGGED_IN',
        EVERYWHERE,
      );
      late.push(after);
    }
    report(`the slowest of ${REVOCATIONS} revocations`, Math.max(...late), { atMost: EVERYWHERE });
    expect(Math.max(...late)).toBeLessThan(EVERYWHERE);
  });

  test('is not served for longer than that where Redis falls silent', async () => {
    const [, there] = await fleet.usedAtBoth('silent');
    await fleet.redis.signal('SIGSTOP');
    const began = performance.now();
    let lastServedAt = 0;
    await until(
      async () => {
        const answer = told(await there.session());
        if (answer === 'Session') lastServedAt = performance.now() - began;
        return answer;
      },
      (answer) => answer === 'SERVICE_UNAVAILABLE',
    );
    await fleet.redis.signal('SIGCONT');
    report('a near session was last served after', lastServedAt, { atMost: EVERYWHERE });
    expect(lastServedAt).toBeLessThan(EVERYWHERE + 100);
  });
});
