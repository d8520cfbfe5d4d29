import type { LoginMutation } from '../../../src/client/generated/graphql.js';
import { Fleet, told } from '../../harness/fleet.js';
import { counted, ManyRequests } from '../../harness/many-requests.js';
import { describeWithRedis } from '../../harness/redis-process.js';
import { redisCommand } from '../../harness/redis-command.js';
import { patiently } from '../../harness/patiently.js';
import { until } from '../../harness/until.js';

/** Milliseconds: starting processes takes long where the machine is busy. */
jest.setTimeout(30_000);

const REPLAY_SECONDS = 2;
const COPIES = 1_000;

describeWithRedis('one login code and two gateways', () => {
  let fleet: Fleet;
  beforeAll(async () => {
    fleet = await Fleet.start({ env: { LOGIN_REPLAY_SECONDS: String(REPLAY_SECONDS) } });
  });
  afterAll(() => fleet.stop());

  const login = (code: string, at: number) => patiently(() => impatientLogin(code, at));
  const impatientLogin = (code: string, at: number) => fleet.at(at).client().login({ code });
  const tokenOf = (answer: LoginMutation['login']) => ('token' in answer ? answer.token : told(answer));
  const sessionsOf = async (user: string) => {
    const openId = (await (await fleet.loggedIn(user)).session()) as { openId: string };
    const record = await redisCommand(fleet.redis, 'GET', `wpg:user:{${fleet.app.appId}:${openId.openId}}`);
    const sessions = String(record).match(/^S/gm)?.length ?? 0;
    return sessions - 1;
  };

  test('repeated at the other one it gives the same token, until the replay time has passed', async () => {
    const code = fleet.code('alice');
    const token = tokenOf(await login(code, 0));
    const before = fleet.loginsAtWeixin;
    expect(tokenOf(await login(code, 1))).toBe(token);
    const later = await until(
      async () => tokenOf(await login(code, 1)),
      (answer) => answer !== token,
      REPLAY_SECONDS * 1000 + 1_000,
    );
    expect(later.value).toBe('CODE_ALREADY_USED');
    expect(fleet.loginsAtWeixin).toBe(before);
    expect(told(await fleet.at(1).client(token).session())).toBe('Session');
  });

  test.each([false, true])('repeated after a logout it gives nothing (everywhere: %s)', async (everywhere) => {
    const code = fleet.code('grace');
    const token = tokenOf(await login(code, 0));
    await fleet.at(1).client(token).logout({ everywhere });
    for (const at of [0, 1]) {
      const again = await until(
        async () => tokenOf(await login(code, at)),
        (answer) => answer !== token,
        REPLAY_SECONDS * 500,
      );
      expect(again.value).toBe('CODE_ALREADY_USED');
    }
  });

  test('a client that lost the answer gets the same session at the other one', async () => {
    const code = fleet.code('bob');
    const before = fleet.loginsAtWeixin;
    fleet.delayNextLogin(1_000);
    const hangUp = new AbortController();
    const lost = fetch(`${fleet.at(0).url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `mutation { login(input: {code: "${code}"}) { __typename } }` }),
      signal: hangUp.signal,
    });
    await until(
      () => fleet.loginsAtWeixin,
      (calls) => calls === before + 1,
    );
    hangUp.abort();
    await expect(lost).rejects.toThrow('aborted');

    const token = tokenOf(await login(code, 1));
    expect(told(await fleet.at(0).client(token).session())).toBe('Session');
    expect(tokenOf(await login(code, 0))).toBe(token);
    expect(fleet.loginsAtWeixin).toBe(before + 1);
    expect(await sessionsOf('bob')).toBe(1);
  });

  test(`${COPIES} copies make one call to Weixin, one session and one token`, async () => {
    const code = fleet.code('carol');
    const before = fleet.loginsAtWeixin;
    fleet.delayNextLogin(200);
    const clients = [0, 1].map((i) => new ManyRequests(fleet.at(i).url, COPIES / 4));
    let unavailable = 0;
    const copy = (i: number) =>
      patiently(
        () => clients[i % 2]?.login(code) as Promise<LoginMutation['login']>,
        () => (unavailable += 1),
      );
    const answers = await Promise.all(Array.from({ length: COPIES }, (_, i) => copy(i)));
    await Promise.all(clients.map((client) => client.close()));
    expect(counted(answers.map(told))).toEqual({ LoginSuccess: COPIES });
    expect(new Set(answers.map(tokenOf)).size).toBe(1);
    // Redis answers at once: a gateway that is busy does not take that for silence.
    expect(unavailable).toBeLessThan(COPIES / 2);
    expect(fleet.loginsAtWeixin).toBe(before + 1);
    expect(await sessionsOf('carol')).toBe(1);
  });

  test('a code that Weixin was too busy for (-1) may reach it again, once for all who ask', async () => {
    const code = fleet.code('dave');
    const before = fleet.loginsAtWeixin;
    // The call and its one repetition.
    fleet.simulator.faults.add('/sns/jscode2session', [{ errcode: -1 }, { errcode: -1 }]);
    expect(told(await impatientLogin(code, 0))).toBe('SERVICE_UNAVAILABLE');
    const answers = await Promise.all([0, 1, 0, 1].map((i) => login(code, i)));
    expect(answers.map(told)).toEqual(answers.map(() => 'LoginSuccess'));
    expect(new Set(answers.map(tokenOf)).size).toBe(1);
    expect(fleet.loginsAtWeixin).toBe(before + 3);
  });

  test('that could not be claimed in time is not spent: it works once Redis answers again', async () => {
    const code = fleet.code('frank');
    const before = fleet.loginsAtWeixin;
    await fleet.redis.signal('SIGSTOP');
    expect(told(await impatientLogin(code, 0))).toBe('SERVICE_UNAVAILABLE');
    await fleet.redis.signal('SIGCONT');
    const again = await until(
      async () => told(await login(code, 0)),
      (answer) => answer !== 'SERVICE_UNAVAILABLE',
    );
    expect(again.value).toBe('LoginSuccess');
    expect(fleet.loginsAtWeixin).toBe(before + 1);
  });

  test('of a gateway that is killed between the answer of Weixin and its own, it is used and asked no more', async () => {
    const code = fleet.code('erin');
    const before = fleet.loginsAtWeixin;
    fleet.delayNextLogin(1_000);
    const killed = login(code, 0);
    await until(
      () => fleet.loginsAtWeixin,
      (calls) => calls === before + 1,
    );
    await Promise.all([fleet.at(0).process.kill(), expect(killed).rejects.toThrow('fetch failed')]);

    // A copy waits for the dead holder for as long as its lease runs.
    const answers = await Promise.all([login(code, 1), login(code, 1)]);
    expect(answers.map(told)).toEqual(['CODE_ALREADY_USED', 'CODE_ALREADY_USED']);
    expect(told(await login(code, 1))).toBe('CODE_ALREADY_USED');
    expect(fleet.loginsAtWeixin).toBe(before + 1);
  });
});
