import { Fleet } from '../harness/fleet.js';
import { GatewayClient } from '../harness/gateway-client.js';
import { NginxProcess } from '../harness/nginx-process.js';
import { describeWithRedis } from '../harness/redis-process.js';
import { report } from '../harness/report.js';

jest.setTimeout(60_000);

/** Milliseconds that the slowest answer may take while a gateway goes; asserted generously, for a shared machine. */
const ANSWERED_WITHIN = 2_000;
const CLIENTS = 8;

describeWithRedis("behind the balancer's configuration of compose.yaml", () => {
  let fleet: Fleet;
  let balancer: NginxProcess;
  beforeEach(async () => {
    fleet = await Fleet.start({
      env: { NODE_ENV: 'production', HOST: '127.0.0.1', DRAIN_SECONDS: '1', TRUST_PROXY: '1' },
    });
    balancer = await NginxProcess.start({
      'gateway-a:4000': new URL(fleet.at(0).url).host,
      'gateway-b:4000': new URL(fleet.at(1).url).host,
    });
  });
  afterEach(async () => {
    await balancer.stop();
    await fleet.stop();
  });

  const through = (token?: string) => new GatewayClient(balancer.url, token);

  test('a session that was made on one gateway serves, whichever the balancer chooses', async () => {
    const { token } = await fleet.at(0).client().loggedIn(fleet.code('alice'));
    for (let i = 0; i < 4; i++) {
      expect(await through(token).decryptPhone(fleet.tap('alice'))).toMatchObject({ __typename: 'PhoneNumber' });
    }
  });

  test('no request fails while one gateway is restarted, and none while it is gone', async () => {
    const clients = await Promise.all(
      Array.from({ length: CLIENTS }, (_, i) => through().loggedIn(fleet.code(`user-${i}`))),
    );
    let done = false;
    let slowest = 0;
    let answers = 0;
    const use = async (client: GatewayClient, i: number) => {
      while (!done) {
        const began = performance.now();
        const answer = await client.decryptPhone(fleet.tap(`user-${i}`));
        slowest = Math.max(slowest, performance.now() - began);
        answers += 1;
        expect(answer.__typename).toBe('PhoneNumber');
      }
    };
    const users = clients.map(use);
    fleet.at(0).process.signal('SIGTERM');
    expect(await fleet.at(0).process.exit()).toBe(0);
    const answeredBefore = answers;
    for (let i = 0; i < 20; i++) {
      const login = await through().login({ code: fleet.code('bob') });
      expect(login.__typename).toBe('LoginSuccess');
    }
    done = true;
    await Promise.all(users);
    expect(answers).toBeGreaterThan(answeredBefore);
    report(`the slowest of ${answers} answers while a gateway went`, slowest, { atMost: ANSWERED_WITHIN });
    expect(slowest).toBeLessThan(ANSWERED_WITHIN);
  });
});
