import { Fleet, told } from '../../harness/fleet.js';
import { expectTries, forge } from '../../harness/forgeries.js';
import { counted, ManyRequests } from '../../harness/many-requests.js';
import { patiently } from '../../harness/patiently.js';
import { describeWithRedis } from '../../harness/redis-process.js';

/** Milliseconds: starting processes takes long where the machine is busy. */
jest.setTimeout(30_000);

const LIMIT = 20;
const FORGERIES = 1_000;
const RIGHT_DOCUMENTS = 300;

type Told = Parameters<typeof told>[0];

describeWithRedis('the failures of a key, over two gateways', () => {
  let fleet: Fleet;
  beforeAll(async () => {
    fleet = await Fleet.start({ env: { DECRYPT_FAILURE_LIMIT: String(LIMIT) } });
  });
  afterAll(() => fleet.stop());

  test(`of ${FORGERIES} forgeries in parallel ${LIMIT} are tried`, async () => {
    const { token } = await fleet.loggedIn('mallory');
    expectTries(await forge(fleet, token, FORGERIES), LIMIT, FORGERIES);
    const right = fleet.tap('mallory');
    expect(told(await fleet.at(0).client(token).decryptPhone(right))).toBe('RATE_LIMITED');
    expect(told(await fleet.at(1).client(token).decryptPhone(right))).toBe('RATE_LIMITED');
  });

  test('are not spent by right documents, however many in a row and up to the limit at once', async () => {
    const { token } = await fleet.loggedIn('alice');
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all(
        Array.from({ length: LIMIT - 1 }, async (_, i) =>
          told(
            await patiently(() =>
              fleet
                .at(i % 2)
                .client(token)
                .decryptPhone(fleet.tap('alice')),
            ),
          ),
        ),
      );
      expect(answers).toEqual(answers.map(() => 'PhoneNumber'));
    }
  });

  test(`are not spent by ${RIGHT_DOCUMENTS} right documents of one user at once`, async () => {
    const { token } = await fleet.loggedIn('carol');
    const clients = [0, 1].map((i) => new ManyRequests(fleet.at(i).url, RIGHT_DOCUMENTS / 2));
    const answers = await Promise.all(
      Array.from({ length: RIGHT_DOCUMENTS }, async (_, i) =>
        told((await clients[i % 2]?.decryptPhone(token, fleet.tap('carol'))) as Told),
      ),
    );
    await Promise.all(clients.map((client) => client.close()));
    const { PhoneNumber: opened = 0, SERVICE_UNAVAILABLE: unavailable = 0, ...others } = counted(answers);
    expect(others).toEqual({});
    // A machine that is busy may miss a deadline of Redis's; that is no refusal.
    expect(opened + unavailable).toBe(RIGHT_DOCUMENTS);
    expect(opened).toBeGreaterThan(RIGHT_DOCUMENTS / 2);
  });

  test('of one user leave another one alone', async () => {
    const { token } = await fleet.loggedIn('trudy');
    await forge(fleet, token, LIMIT);
    const other = await fleet.loggedIn('bob', 1);
    expect(told(await other.decryptPhone(fleet.tap('bob')))).toBe('PhoneNumber');
  });
});
