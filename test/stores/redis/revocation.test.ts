import { setTimeout as delay } from 'node:timers/promises';
import { Fleet, told } from '../../harness/fleet.js';
import type { GatewayClient } from '../../harness/gateway-client.js';
import { describeWithRedis } from '../../harness/redis-process.js';
import { until } from '../../harness/until.js';

/** Milliseconds: starting processes takes long where the machine is busy. */
jest.setTimeout(30_000);

/** Milliseconds after which a revoked session is rejected everywhere. */
const EVERYWHERE = 1_000;

describeWithRedis('a revoked session', () => {
  let fleet: Fleet;
  beforeAll(async () => {
    fleet = await Fleet.start();
  });
  afterAll(() => fleet.stop());

  const sessionOf = async (client: GatewayClient) => told(await client.session());

  test.each([true, false])(
    'is rejected by the other gateway, which has a copy (everywhere: %s)',
    async (everywhere) => {
      const [here, there] = await fleet.usedAtBoth('alice');
      expect(await here.logout({ everywhere })).toMatchObject({ sessionsEnded: 1 });
      await until(
        () => sessionOf(there),
        (answer) => answer === 'NOT_LOGGED_IN',
        EVERYWHERE,
      );
      expect(told(await there.decryptPhone(fleet.tap('alice')))).toBe('NOT_LOGGED_IN');
      expect(await sessionOf(here)).toBe('NOT_LOGGED_IN');
    },
  );

  test('ends with all of the same user, on both gateways, and no one else', async () => {
    const clients = await Promise.all([0, 1, 0, 1].map((i) => fleet.loggedIn('bob', i)));
    const [, other] = await fleet.usedAtBoth('carol');
    const everywhere = clients.flatMap(({ token }) => fleet.gateways.map((gateway) => gateway.client(token)));
    expect(await Promise.all(everywhere.map(sessionOf))).toEqual(everywhere.map(() => 'Session'));

    expect(await clients[0]?.logout({ everywhere: true })).toMatchObject({ sessionsEnded: 4 });
    await until(
      () => Promise.all(everywhere.map(sessionOf)),
      (answers) => answers.every((answer) => answer === 'NOT_LOGGED_IN'),
      EVERYWHERE,
    );
    expect(await sessionOf(other)).toBe('Session');
  });

  test('is served for under a second where Redis falls silent, and then nothing is', async () => {
    const [, there] = await fleet.usedAtBoth('dave');
    await fleet.redis.signal('SIGSTOP');
    try {
      // A revocation may come from now on, and this gateway would not hear of it.
      const began = performance.now();
      let lastServedAt = 0;
      await until(
        async () => {
          const answer = await sessionOf(there);
          if (answer === 'Session') lastServedAt = performance.now() - began;
          return answer;
        },
        (answer) => answer === 'SERVICE_UNAVAILABLE',
      );
      expect(lastServedAt).toBeLessThan(EVERYWHERE);
      expect(await sessionOf(there)).toBe('SERVICE_UNAVAILABLE');
    } finally {
      await fleet.redis.signal('SIGCONT');
    }
    await until(
      () => sessionOf(there),
      (answer) => answer === 'Session',
    );
  });

  test('is not served by a gateway that was paused while it was revoked', async () => {
    const [here, there] = await fleet.usedAtBoth('erin');
    fleet.at(1).process.signal('SIGSTOP');
    const answers: Promise<string>[] = [];
    try {
      expect(await here.logout({ everywhere: true })).toMatchObject({ sessionsEnded: 1 });
      for (let i = 0; i < 20; i += 1) answers.push(sessionOf(there));
      await delay(2 * EVERYWHERE);
      for (let i = 0; i < 20; i += 1) answers.push(sessionOf(there));
    } finally {
      fleet.at(1).process.signal('SIGCONT');
    }
    // Those that find no sign of life yet are told to come again.
    expect(new Set(await Promise.all(answers))).not.toContain('Session');
    await until(
      () => sessionOf(there),
      (answer) => answer === 'NOT_LOGGED_IN',
    );
  });
});
