import { ClientLoop } from '../../harness/client-loop.js';
import { Fleet, storeKey, told } from '../../harness/fleet.js';
import { redisCommand } from '../../harness/redis-command.js';
import { describeWithRedis } from '../../harness/redis-process.js';
import { until } from '../../harness/until.js';

/** Milliseconds: starting processes takes long where the machine is busy. */
jest.setTimeout(60_000);

const CLIENTS = 4;
/** Logins between two steps. */
const LOGINS_A_STEP = 20;

describeWithRedis('gateways that are replaced one by one under load', () => {
  const a = storeKey('a');
  const b = storeKey('b');
  let fleet: Fleet;
  beforeEach(async () => {
    fleet = await Fleet.start({ env: { STORE_KEYS: a } });
  });
  afterEach(() => fleet.stop());

  const someLogins = async (loop: ClientLoop) => {
    const enough = loop.acknowledged.length + LOGINS_A_STEP;
    await until(
      () => loop.acknowledged.length,
      (logins) => logins >= enough,
    );
  };
  const replace = async (loop: ClientLoop, index: number, env: Record<string, string>) => {
    const old = fleet.at(index);
    const next = await fleet.add(env);
    fleet.gateways.pop();
    fleet.gateways[index] = next;
    loop.join(next);
    await someLogins(loop);
    // The balancer hears of it when it next probes: until then requests still come.
    old.process.signal('SIGTERM');
    await old.process.line('stopping: finishing what is in flight');
    loop.leave(old);
  };
  const sealedBy = async (kind: string) => {
    const keys = (await redisCommand(fleet.redis, 'KEYS', `wpg:${kind}:*`)) as string[];
    const values = await Promise.all(keys.map(async (key) => String(await redisCommand(fleet.redis, 'GET', key))));
    return values.map((value) => value.split('.')[0]);
  };
  const worksEverywhere = async (logins: readonly { readonly user: string; readonly token: string }[]) => {
    for (const gateway of fleet.gateways) {
      const answers = await Promise.all(logins.map(async ({ token }) => told(await gateway.client(token).session())));
      expect(answers).toEqual(logins.map(() => 'Session'));
    }
  };

  test('a new key of the store comes in front without a failed request, and what the old one sealed opens', async () => {
    const old = await fleet.loggedIn('of-old');
    const taps = [fleet.tap('of-old'), fleet.tap('of-old')];
    expect(new Set(await sealedBy('session'))).toEqual(new Set(['a']));

    const loop = new ClientLoop(fleet, CLIENTS);
    await someLogins(loop);
    // First every gateway learns the new key, and then it comes in front.
    for (const keys of [`${a},${b}`, `${b},${a}`]) {
      for (const index of [0, 1]) await replace(loop, index, { STORE_KEYS: keys });
    }
    await someLogins(loop);
    const { LoginSuccess, PhoneNumber, Session, ...others } = await loop.end();
    expect(others).toEqual({});
    expect(Math.min(Number(LoginSuccess), Number(PhoneNumber), Number(Session))).toBeGreaterThan(5 * LOGINS_A_STEP);

    for (const index of [0, 1]) {
      const client = fleet.at(index).client(old.token);
      expect(told(await client.decryptPhone(taps[index] ?? fleet.tap('of-old')))).toBe('PhoneNumber');
    }
    await redisCommand(fleet.redis, 'FLUSHALL');
    await fleet.loggedIn('new', 0);
    await fleet.loggedIn('new', 1);
    expect(new Set([...(await sealedBy('session')), ...(await sealedBy('access-token'))])).toEqual(new Set(['b']));
  });

  test('SIGTERM of one loses no login that a client was told of, and takes no code twice', async () => {
    const loop = new ClientLoop(fleet, 2 * CLIENTS);
    await someLogins(loop);
    const [stopped] = fleet.gateways.splice(0, 1, fleet.at(1));
    stopped?.process.signal('SIGTERM');
    await stopped?.process.line('stopping: finishing what is in flight');
    await someLogins(loop);
    if (stopped !== undefined) loop.leave(stopped);
    await someLogins(loop);
    const { LoginSuccess, PhoneNumber, Session, ...others } = await loop.end();

    expect(others).toEqual({});
    expect(LoginSuccess).toBe(loop.codes);
    expect([PhoneNumber, Session]).toEqual([loop.codes, loop.codes]);
    expect(fleet.loginsAtWeixin).toBe(loop.codes);
    // A user has their ten newest sessions.
    const users = new Map(loop.acknowledged.map((login) => [login.user, login]));
    await worksEverywhere([...users.values()]);
  });
});
