import { Fleet, told } from '../../harness/fleet.js';
import type { GatewayClient } from '../../harness/gateway-client.js';
import { redisCommand } from '../../harness/redis-command.js';
import { describeWithRedis } from '../../harness/redis-process.js';
import { RoundTripProxy } from '../../harness/round-trip-proxy.js';

/** Milliseconds: starting processes takes long where the machine is busy. */
jest.setTimeout(30_000);

/*
 * Each waited round trip is 0.2 to 2 ms in a real network, and each command costs the one core that all gateways share.
 * Commands that nobody waits for stand after the bar.
 */
describeWithRedis('of round trips to Redis', () => {
  let fleet: Fleet;
  let proxy: RoundTripProxy;
  /** Round trips and commands of the last request. */
  let counted: string;
  beforeAll(async () => {
    fleet = await Fleet.start({ gateways: 0 });
    proxy = await RoundTripProxy.start(fleet.redis.port);
    await fleet.add({ REDIS_URL: proxy.url });
    // Whose answer comes past the proxy, and who leaves nothing near.
    await fleet.add();
    await fleet.add({ REDIS_URL: proxy.url, REDIS_NEAR_COPIES: 'off' });
  });
  afterAll(async () => {
    proxy.close();
    await fleet.stop();
  });

  async function count<T extends Parameters<typeof told>[0]>(work: () => Promise<T>): Promise<string> {
    const { awaited, commands, answer } = await proxy.count(work);
    counted = `${awaited}: ${commands.map((name) => name.replace('EVALSHA ', '')).join(' ')}`;
    return told(answer);
  }
  const logIn = (user: string) => {
    const code = fleet.code(user);
    return { code, login: () => fleet.at(0).client().login({ code }) };
  };
  const loggedIn = (user: string, at = 0): Promise<GatewayClient> => fleet.loggedIn(user, at);

  test('a login waits for three, with five commands, of a new user and of a known one', async () => {
    for (let i = 0; i < 3; i += 1) {
      expect(await count(logIn('alice').login)).toBe('LoginSuccess');
      expect(counted).toBe('3: claim countLogin appendLogin SET keepAnswer');
    }
  });

  test('a login of a user with ten sessions waits for three, and three more commands end the oldest', async () => {
    for (let i = 0; i < 11; i += 1) await proxy.count(logIn('bob').login);
    expect(await count(logIn('bob').login)).toBe('LoginSuccess');
    expect(counted).toMatch(/^3: /);
    expect(counted.slice(3).split(' ').sort()).toEqual(
      ['GETDEL', 'SET', 'appendLogin', 'claim', 'countLogin', 'keepAnswer', 'replaceIfUnchanged', 'DEL'].sort(),
    );
  });

  test('the first decryptPhone after a login waits for two, and later ones for one', async () => {
    const carol = await loggedIn('carol');
    expect(await count(() => carol.decryptPhone(fleet.tap('carol')))).toBe('PhoneNumber');
    expect(counted).toBe('2: GET GET reserveFailures settleFailures');
    for (let i = 0; i < 2; i += 1) {
      expect(await count(() => carol.decryptPhone(fleet.tap('carol')))).toBe('PhoneNumber');
      expect(counted).toBe('1: reserveFailures settleFailures');
    }
  });

  test('it is no more at another gateway, and for a user of several keys', async () => {
    await loggedIn('dave', 1);
    fleet.simulator.world.renewKey(fleet.app.appId, 'dave');
    const dave = fleet.at(0).client((await loggedIn('dave', 1)).token);
    expect(await count(() => dave.decryptPhone(fleet.tap('dave')))).toBe('PhoneNumber');
    expect(counted).toMatch(/^2: /);
    expect(await count(() => dave.decryptPhone(fleet.tap('dave')))).toBe('PhoneNumber');
    expect(counted).toBe('1: reserveFailures settleFailures');
  });

  test('session waits for one, and near for none', async () => {
    const erin = await loggedIn('erin');
    expect(await count(() => erin.session())).toBe('Session');
    expect(counted).toBe('1: GET');
    expect(await count(() => erin.session())).toBe('Session');
    expect(counted).toBe('0: ');
  });

  test('its first use at a gateway waits for one, too, and is noted with three commands more', async () => {
    const judy = fleet.at(0).client((await loggedIn('judy', 1)).token);
    expect(await count(() => judy.session())).toBe('Session');
    expect(counted).toBe('1: GET listSession PEXPIRE GET');
  });

  test.each([0, 1])(
    'a repeated code waits for one, whichever gateway had it first (%d), and counts for nothing',
    async (at) => {
      const code = fleet.code(`frank-${at}`);
      const first = await fleet.at(at).client().login({ code });
      const countsBefore = await counts();
      let again: unknown;
      expect(await count(async () => (again = await fleet.at(0).client().login({ code })))).toBe('LoginSuccess');
      expect(again).toEqual(first);
      expect(counted).toBe('1: claim countLogin takeBackLogin');
      expect(await counts()).toEqual(countsBefore);
    },
  );

  test('without near copies session waits for one each time, decryptPhone for two, and a login for no more than with them', async () => {
    const code = fleet.code('heidi');
    const at = fleet.at(2);
    expect(await count(() => at.client().login({ code }))).toBe('LoginSuccess');
    expect(counted).toBe('3: claim countLogin appendLogin SET keepAnswer');
    expect(await count(() => at.client().login({ code }))).toBe('LoginSuccess');
    expect(counted).toMatch(/^1: /);
    const heidi = await loggedIn('heidi', 2);
    for (let i = 0; i < 2; i += 1) {
      expect(await count(() => heidi.session())).toBe('Session');
      expect(counted).toBe('1: GET');
      expect(await count(() => heidi.decryptPhone(fleet.tap('heidi')))).toBe('PhoneNumber');
      expect(counted).toBe('2: GET GET reserveFailures settleFailures');
    }
  });

  test.each([false, true])('logout waits for as few as it can (everywhere: %s)', async (everywhere) => {
    const grace = await Promise.all(Array.from({ length: everywhere ? 10 : 1 }, () => loggedIn('grace')));
    expect(await count(() => (grace[0] as GatewayClient).logout({ everywhere }))).toBe('LogoutSuccess');
    expect(counted).toMatch(everywhere ? /^4: GET GET (GETDEL ){9}(DEL ){9}GETDEL DEL unlistSessions$/ : /^1: GETDEL /);
  });

  /** How many logins of the one address and the one app are counted. */
  async function counts(): Promise<unknown[]> {
    const keys = (await redisCommand(fleet.redis, 'KEYS', 'wpg:rate:{login}:*')) as string[];
    return Promise.all(keys.sort().map((key) => redisCommand(fleet.redis, 'HGET', key, 'n')));
  }
});
