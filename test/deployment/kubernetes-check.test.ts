import { run } from '../harness/child-process.js';
import { freePort } from '../harness/free-port.js';
import { GatewayProcess } from '../harness/gateway-process.js';
import { check, environment, gateway, SECRET } from '../harness/kubernetes-pod.js';
import { MountedSecret } from '../harness/mounted-secret.js';
import { describeWithRedis, RedisProcess } from '../harness/redis-process.js';
import { startScriptedWeixin } from '../harness/scripted-weixin.js';

/** Milliseconds: starting processes takes long where the machine is busy. */
jest.setTimeout(60_000);

describeWithRedis('with the secret mounted as Kubernetes does', () => {
  const secret = new MountedSecret(SECRET);
  afterAll(() => secret.remove());
  let redis: RedisProcess;
  beforeAll(async () => {
    const password = (SECRET['redis-password'] ?? '').trim();
    redis = await RedisProcess.start(['--save', '', '--appendonly', 'no', '--requirepass', password]);
  });
  afterAll(() => redis.stop());
  const here = () => ({ ...environment(secret.folder), REDIS_URL: redis.url, REDIS_TIMEOUT_MS: '2000' });

  const runCheck = async (answers: Parameters<typeof startScriptedWeixin>[0]) => {
    const weixin = await startScriptedWeixin(answers);
    const [, ...args] = check.command ?? [];
    const env = { ...here(), WEIXIN_API_URL: weixin.origin };
    return run(process.execPath, args, '', { env }).finally(() => weixin.close());
  };

  test('the init container lets the gateway start if all is well', async () => {
    const { status, stdout } = await runCheck({});
    expect(stdout.split('\n').filter((line) => line !== '' && !line.startsWith('✓'))).toEqual([]);
    expect(status).toBe(0);
  });

  test('the init container holds the gateway back if Weixin refuses the secret', async () => {
    const { status, stdout } = await runCheck({
      answers: { '/cgi-bin/stable_token': { errcode: 40125, errmsg: 'invalid appsecret' } },
    });
    expect(stdout).toContain('✗ Weixin access token for wx0123456789abcdef: errcode 40125');
    expect(status).toBe(1);
  });

  test('the gateway starts, and the probes succeed on the paths that they ask', async () => {
    const ports = { PORT: String(await freePort()), METRICS_PORT: '0', BACKEND_PORT: '0', DRAIN_SECONDS: '0' };
    const started = new GatewayProcess({ ...here(), ...ports });
    try {
      await started.line('Redis is there');
      await started.line('listening');
      for (const { httpGet } of [gateway.livenessProbe, gateway.readinessProbe]) {
        expect(httpGet.port).toBe('api');
        expect((await fetch(`http://127.0.0.1:${ports.PORT}${httpGet.path}`)).status).toBe(200);
      }
      expect([gateway.livenessProbe, gateway.readinessProbe].map(({ httpGet }) => httpGet.path)).toEqual([
        '/healthz',
        '/readyz',
      ]);
    } finally {
      started.signal('SIGTERM');
      expect(await started.exit()).toBe(0);
    }
  });
});
