import type { LoginMutation } from '../../../src/client/generated/graphql.js';
import { Fleet, told } from '../../harness/fleet.js';
import { describeWithRedis } from '../../harness/redis-process.js';

/** Milliseconds: starting processes takes long where the machine is busy. */
jest.setTimeout(30_000);

const AHEAD = 600_000;

/** Runs before the gateway, and puts its clock ahead. */
const CLOCK_AHEAD = `const now = Date.now;
Date = class extends Date {
  constructor(...args) { args.length === 0 ? super(now() + ${AHEAD}) : super(...args); }
  static now() { return now() + ${AHEAD}; }
};`;

describeWithRedis('two gateways whose clocks are ten minutes apart', () => {
  let fleet: Fleet;
  beforeAll(async () => {
    fleet = await Fleet.start({ gateways: 1 });
    await fleet.add({ NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(CLOCK_AHEAD)}` });
  });
  afterAll(() => fleet.stop());

  test('are that far apart', async () => {
    const [here, there] = await Promise.all(
      fleet.gateways.map(async ({ process }) => Date.parse(String((await process.line('listening'))['time']))),
    );
    expect(Number(there) - Number(here)).toBeGreaterThan(AHEAD - 1_000);
  });

  test.each([0, 1])('a user logs in at one (%d), and a number just tapped for opens at both', async (at) => {
    const { token } = await fleet.loggedIn(`alice-${at}`, at);
    const clients = fleet.gateways.map((gateway) => gateway.client(token));
    for (const client of clients) {
      expect(told(await client.decryptPhone(fleet.tap(`alice-${at}`)))).toBe('PhoneNumber');
    }
    const sessions = await Promise.all(clients.map((client) => client.session()));
    expect(sessions[0]).toEqual(sessions[1]);
    // Redis's clock is this machine's.
    const { createdAt } = sessions[0] as { createdAt: string };
    expect(Math.abs(Date.parse(createdAt) - Date.now())).toBeLessThan(10_000);
  });

  test.each([0, 1])('data that is too old is too old for both (%d)', async (at) => {
    const client = await fleet.loggedIn(`bob-${at}`, at);
    const timestamp = Math.floor(Date.now() / 1000) - 400;
    const old = fleet.simulator.world.tap(fleet.app.appId, `bob-${at}`, { watermark: { timestamp } });
    expect(told(await client.decryptPhone(old))).toBe('TOO_OLD');
    const ahead = fleet.simulator.world.tap(fleet.app.appId, `bob-${at}`, {
      watermark: { timestamp: timestamp + 800 },
    });
    expect(told(await client.decryptPhone(ahead))).toBe('IN_THE_FUTURE');
  });

  test('copies of one code that race at both give one session, and a repetition the same', async () => {
    const code = fleet.code('carol');
    const before = fleet.loginsAtWeixin;
    const answers: LoginMutation['login'][] = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        fleet
          .at(i % 2)
          .client()
          .login({ code }),
      ),
    );
    answers.push(await fleet.at(0).client().login({ code }), await fleet.at(1).client().login({ code }));
    expect(answers.map(told)).toEqual(answers.map(() => 'LoginSuccess'));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(fleet.loginsAtWeixin).toBe(before + 1);
  });

  test('a key that was learned at one and then at the other is superseded in that order', async () => {
    const { token } = await fleet.loggedIn('dave', 1);
    const old = fleet.tap('dave');
    fleet.simulator.world.renewKey(fleet.app.appId, 'dave');
    await fleet.loggedIn('dave', 0);
    for (const gateway of fleet.gateways) {
      expect(told(await gateway.client(token).decryptPhone(old))).toBe('PhoneNumber');
      expect(told(await gateway.client(token).decryptPhone(fleet.tap('dave')))).toBe('PhoneNumber');
    }
  });
});
