import { Fleet, told } from '../../harness/fleet.js';
import type { GatewayClient } from '../../harness/gateway-client.js';
import { patiently } from '../../harness/patiently.js';
import { redisCommand } from '../../harness/redis-command.js';
import { describeWithRedis } from '../../harness/redis-process.js';
import { until } from '../../harness/until.js';

/** Milliseconds: starting processes takes long where the machine is busy. */
jest.setTimeout(30_000);

describeWithRedis('a token that a client received', () => {
  let fleet: Fleet;
  beforeAll(async () => {
    fleet = await Fleet.start({ redisArgs: ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''] });
  });
  afterAll(() => fleet.stop());

  const numberOf = async (client: GatewayClient, user: string) =>
    told(await patiently(() => client.decryptPhone(fleet.tap(user))));
  const sessionOf = async (client: GatewayClient) => told(await patiently(() => client.session()));

  test('works at the other gateway, and the key learned here opens there', async () => {
    const { token } = await fleet.loggedIn('alice');
    const there = fleet.at(1).client(token);
    expect(told(await there.session())).toBe('Session');
    expect(await numberOf(there, 'alice')).toBe('PhoneNumber');
  });

  test('works after its gateway was killed, and where a new one starts', async () => {
    const users = Array.from({ length: 20 }, (_, i) => `survivor-${i}`);
    const tokens = await Promise.all(users.map(async (user) => (await fleet.loggedIn(user)).token));
    await fleet.at(0).process.kill();

    const there = tokens.map((token) => fleet.at(1).client(token));
    expect(await Promise.all(there.map(async (client, i) => numberOf(client, users[i] ?? '')))).toEqual(
      users.map(() => 'PhoneNumber'),
    );
    const again = await fleet.add();
    fleet.gateways[0] = again;
    expect(await Promise.all(tokens.map((token) => sessionOf(again.client(token))))).toEqual(
      users.map(() => 'Session'),
    );
  });

  test('works after kill -9 and restart of a Redis that writes always', async () => {
    const users = Array.from({ length: 20 }, (_, i) => `persistent-${i}`);
    const tokens: string[] = [];
    // Killed while logins are under way: those that were acknowledged count.
    const logins = users.map(async (user) => {
      const login = await fleet
        .at(0)
        .client()
        .login({ code: fleet.code(user) });
      if (login.__typename === 'LoginSuccess') tokens.push(login.token);
    });
    await Promise.race(logins);
    await fleet.redis.signal('SIGKILL');
    await Promise.all(logins);
    expect(tokens.length).toBeGreaterThan(0);

    await fleet.redis.start();
    for (const gateway of fleet.gateways) {
      await until(
        async () => told(await gateway.client(tokens[0]).session()),
        (answer) => answer === 'Session',
      );
      const answers = await Promise.all(tokens.map((token) => sessionOf(gateway.client(token))));
      expect(answers).toEqual(tokens.map(() => 'Session'));
    }
  });

  test('is gone everywhere within a second of FLUSHALL; one login, and the same data opens again', async () => {
    const [here, there] = await fleet.usedAtBoth('bob');
    const tap = fleet.tap('bob');
    expect(told(await there.decryptPhone(tap))).toBe('PhoneNumber');
    await redisCommand(fleet.redis, 'FLUSHALL');
    const gone = (answer: string) => answer === 'NOT_LOGGED_IN';
    await Promise.all([here, there].map((client) => until(async () => told(await client.session()), gone, 1_000)));
    expect(told(await there.decryptPhone(tap))).toBe('NOT_LOGGED_IN');

    const again = await fleet.loggedIn('bob');
    expect(told(await again.decryptPhone(tap))).toBe('PhoneNumber');
  });
});
