import { Fleet, type FleetGateway, told } from '../harness/fleet.js';
import { report } from '../harness/report.js';
import { redisCommand } from '../harness/redis-command.js';
import { describeWithRedis, type RedisProcess } from '../harness/redis-process.js';
import { until } from '../harness/until.js';

jest.setTimeout(60_000);

/** Milliseconds within which every operation answers; twice that is asserted, for a shared machine. */
const ANSWERED_WITHIN = 250;
/** Milliseconds until everything works once Redis does. */
const BACK_WITHIN = 2_000;

const USERS = ['alice', 'bob'] as const;

/** A lost store, and how it comes back. */
const losses: [string, (redis: RedisProcess) => Promise<void>, (redis: RedisProcess) => Promise<void>][] = [
  ['silent (SIGSTOP)', (redis) => redis.signal('SIGSTOP'), (redis) => redis.signal('SIGCONT')],
  ['gone (SIGKILL)', (redis) => redis.signal('SIGKILL'), (redis) => redis.start()],
];

describeWithRedis('without Redis', () => {
  let fleet: Fleet;
  let tokens: Record<(typeof USERS)[number], string>;
  beforeEach(async () => {
    fleet = await Fleet.start({ redisArgs: ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''] });
    // The first gateway has alice's session near; nobody has used bob's.
    const [alice, bob] = [await fleet.loggedIn('alice'), await fleet.loggedIn('bob', 1)];
    await alice.session();
    tokens = { alice: alice.token ?? '', bob: bob.token ?? '' };
    expect(told(await alice.decryptPhone(fleet.tap('alice')))).toBe('PhoneNumber');
  });
  afterEach(() => fleet.stop());

  type Operation = (gateway: FleetGateway, user: (typeof USERS)[number]) => Promise<{ readonly __typename: string }>;
  const as = (gateway: FleetGateway, user: (typeof USERS)[number]) => gateway.client(tokens[user]);
  const operations: Record<string, Operation> = {
    login: (gateway, user) => gateway.client().login({ code: fleet.code(user) }),
    decryptPhone: (gateway, user) => as(gateway, user).decryptPhone(fleet.tap(user)),
    exchangePhoneCode: (gateway, user) => as(gateway, user).exchangePhoneCode(fleet.tap(user).code),
    resolveCloudPhone: (gateway, user) => as(gateway, user).resolveCloudPhone(fleet.tap(user).cloudID),
    checkSession: (gateway, user) => as(gateway, user).checkSession(),
    session: (gateway, user) => as(gateway, user).session(),
    logout: (gateway, user) => as(gateway, user).logout(),
    'logout everywhere': (gateway, user) => as(gateway, user).logout({ everywhere: true }),
  };
  /** May be answered from near copies, without Redis, for under a second. */
  const WITHOUT_A_COMMAND = ['session', 'checkSession', 'resolveCloudPhone'];

  const stateOf = async (gateway: FleetGateway) => {
    const response = await fetch(`${gateway.url}/readyz`);
    return { ...((await response.json()) as { store: string }), status: response.status };
  };

  /** Runs every operation, and tells what was answered and how late. */
  async function ask(user: (typeof USERS)[number], skip: readonly string[] = []) {
    const answers: Record<string, string> = {};
    let slowest = 0;
    for (const [name, operation] of Object.entries(operations)) {
      if (skip.includes(name)) continue;
      const began = performance.now();
      answers[name] = told(await operation(fleet.at(0), user));
      slowest = Math.max(slowest, performance.now() - began);
    }
    return { answers, slowest };
  }
  const everyOne = (answers: object, answer: string) =>
    Object.fromEntries(Object.keys(answers).map((name) => [name, answer]));

  test.each(losses)(
    '%s: every operation says so in time, and soon everything works again',
    async (name, lose, regain) => {
      await lose(fleet.redis);
      // Within the first second the gateway cannot know: every command runs into its deadline.
      const first = await ask('bob');
      expect(first.answers).toEqual(everyOne(first.answers, 'SERVICE_UNAVAILABLE'));
      report(`${name}: slowest operation at first`, first.slowest, { atMost: 2 * ANSWERED_WITHIN });
      expect(first.slowest).toBeLessThan(2 * ANSWERED_WITHIN);

      const down = await until(
        () => stateOf(fleet.at(0)),
        ({ store }) => store === 'down',
      );
      expect(down.value.status).toBe(200);
      const then = [await ask('alice'), await ask('bob')];
      for (const { answers } of then) expect(answers).toEqual(everyOne(answers, 'SERVICE_UNAVAILABLE'));
      const slowest = Math.max(...then.map((asked) => asked.slowest));
      report(`${name}: slowest operation later`, slowest, { atMost: 2 * ANSWERED_WITHIN });
      expect(slowest).toBeLessThan(2 * ANSWERED_WITHIN);

      await regain(fleet.redis);
      const back = await until(
        async () => [told(await as(fleet.at(0), 'alice').session()), told(await as(fleet.at(1), 'bob').session())],
        (answers) => answers.every((answer) => answer !== 'SERVICE_UNAVAILABLE'),
      );
      report(`${name}: back after`, back.after, { atMost: 2 * BACK_WITHIN });
      expect(back.after).toBeLessThan(2 * BACK_WITHIN);
      // Reads may work before a heartbeat has found that writes do, which is what the state tells.
      const up = await until(
        () => stateOf(fleet.at(0)),
        ({ store }) => store === 'up',
      );
      expect(up.value.status).toBe(200);
      expect(up.after).toBeLessThan(2 * BACK_WITHIN);
      for (const user of USERS) {
        const client = await fleet.loggedIn(user);
        expect(told(await client.decryptPhone(fleet.tap(user)))).toBe('PhoneNumber');
      }
    },
  );

  test.each(losses)('%s: nothing is decrypted without a counted try, where the session is near', async (name, lose) => {
    await lose(fleet.redis);
    const { answers, slowest } = await ask('alice', WITHOUT_A_COMMAND);
    expect(answers).toEqual(everyOne(answers, 'SERVICE_UNAVAILABLE'));
    report(`${name}: slowest operation of a near session`, slowest, { atMost: 2 * ANSWERED_WITHIN });
    expect(slowest).toBeLessThan(2 * ANSWERED_WITHIN);
  });

  test('silent for longer than the connection is kept: everything works again as soon', async () => {
    await fleet.redis.signal('SIGSTOP');
    // Connections are made anew after three seconds, and again.
    const began = performance.now();
    await until(
      async () => [told(await as(fleet.at(0), 'alice').session()), performance.now() - began > 7_000],
      ([, isOver]) => isOver === true,
    );
    await fleet.redis.signal('SIGCONT');
    const back = await until(
      async () => told(await as(fleet.at(0), 'alice').session()),
      (answer) => answer === 'Session',
    );
    report('silent for 7 s: back after', back.after, { atMost: 2 * BACK_WITHIN });
    expect(back.after).toBeLessThan(2 * BACK_WITHIN);
  });

  test('a thousand requests at once while Redis is silent are all answered', async () => {
    await fleet.redis.signal('SIGSTOP');
    const began = performance.now();
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => as(fleet.at(0), 'bob').session()));
    report('silent: a thousand requests at once', performance.now() - began, { atMost: 5_000 });
    expect(new Set(answers.map(told))).toEqual(new Set(['SERVICE_UNAVAILABLE']));
    await fleet.redis.signal('SIGCONT');
    await until(
      async () => told(await as(fleet.at(0), 'bob').session()),
      (answer) => answer === 'Session',
    );
  });

  test('a gateway starts without Redis, and works once it comes', async () => {
    await fleet.redis.signal('SIGKILL');
    const began = performance.now();
    const gateway = await fleet.add();
    report('started without Redis in', performance.now() - began, { atMost: 5_000 });
    expect(told(await gateway.client().login({ code: fleet.code('carol') }))).toBe('SERVICE_UNAVAILABLE');
    expect(await stateOf(gateway)).toMatchObject({ status: 200, store: 'down' });

    await fleet.redis.start();
    const code = fleet.code('carol');
    const back = await until(
      async () => told(await gateway.client().login({ code })),
      (answer) => answer === 'LoginSuccess',
    );
    report('started without Redis: works after', back.after, { atMost: 2 * BACK_WITHIN });
    expect(back.after).toBeLessThan(2 * BACK_WITHIN);
    expect(await redisCommand(fleet.redis, 'PING')).toBe('PONG');
  });
});
