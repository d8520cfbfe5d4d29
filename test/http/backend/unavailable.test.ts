import { CHECK_SESSION_KEY } from '../../../src/simulator/weixin-routes.js';
import { BackEnd, DOOR } from '../../harness/back-end.js';
import { describeWithRedis, RedisProcess } from '../../harness/redis-process.js';
import { type RunningGateway, runGateway } from '../../harness/running-gateway.js';
import { until } from '../../harness/until.js';

let running: RunningGateway;
let shop: BackEnd;
let openId: string;

async function start(env: Record<string, string> = {}): Promise<void> {
  running = await runGateway({ ...DOOR, ...env });
  shop = new BackEnd(running.gateway.backendUrl);
  const session = await (await running.loggedIn('alice')).session();
  openId = session.__typename === 'Session' ? session.openId : '';
}
afterEach(() => running.gateway.stop());

const check = () => shop.sign({ appId: running.app.appId, openId, data: 'x', check: true });

test.each([
  { weixin: 'busy', errcode: -1, status: 503, error: 'temporarily_unavailable' },
  { weixin: 'out of quota', errcode: 45011, status: 429, error: 'rate_limited' },
  { weixin: 'refusing this gateway', errcode: 40013, status: 500, error: 'server_error' },
])('a check while Weixin is $weixin gets $error, and nothing is signed', async ({ errcode, status, error }) => {
  await start();
  running.simulator.faults.add(CHECK_SESSION_KEY, [{ errcode }, { errcode }]);
  const answer = await check();
  expect(answer).toMatchObject({ status, body: { error } });
  expect(answer.headers.has('retry-after')).toBe(status !== 500);
  const logged = running.logLines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(logged.some((line) => line['errcode'] === errcode && line['level'] === 50)).toBe(status === 500);
  expect(logged).toContainEqual(expect.objectContaining({ client: 'shop', outcome: error }));
});

describeWithRedis('without its Redis', () => {
  test('the door says that it has no answer, and never that a token is inactive', async () => {
    const redis = await RedisProcess.start();
    await start({ REDIS_URL: redis.url });
    const user = { appId: running.app.appId, openId };
    const { token = '' } = await running.loggedIn('alice');
    await redis.signal('SIGKILL');
    await until(
      async () => (await shop.introspect(token)).status,
      (status) => status === 503,
    );
    const answers = [
      await shop.introspect(token),
      await shop.introspect('A'.repeat(43)),
      await shop.sign({ ...user, data: 'x' }),
      await shop.endSessions(user),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 503, body: { error: 'temporarily_unavailable' } });
      expect(answer.headers.get('retry-after')).toBe('2');
    }
    await redis.stop();
  });
});
