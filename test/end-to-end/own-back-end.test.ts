import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackEnd, CREDENTIALS, DOOR } from '../harness/back-end.js';
import { freePort } from '../harness/free-port.js';
import { privateKey } from '../harness/gateway-with-key.js';
import { type MiniProgram, startMiniProgram } from '../harness/mini-program.js';
import { type OwnBackEnd, startOwnBackEnd } from '../harness/own-back-end.js';
import { describeWithRedis, RedisProcess } from '../harness/redis-process.js';
import { report } from '../harness/report.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';
import { until } from '../harness/until.js';

/*
 * A Mini Program with the client, two gateways that share a Redis, and a team's own back end in front of each, which knows
 * nothing of its gateway but the URL of its metadata.
 */

/** Milliseconds after which a revocation must be seen everywhere. */
const EVERYWHERE = 1_000;
const REVOCATIONS = 10;

describeWithRedis('a back end that trusts only the metadata URL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'own-back-end-'));
  let redis: RedisProcess;
  let here: RunningGateway;
  let there: RunningGateway;
  let shops: [OwnBackEnd, OwnBackEnd];
  let app: MiniProgram;

  beforeAll(async () => {
    const file = join(folder, 'key.pem');
    writeFileSync(file, privateKey('P-256').export({ type: 'pkcs8', format: 'pem' }));
    redis = await RedisProcess.start();
    const port = await freePort();
    const env = {
      ...DOOR,
      REDIS_URL: redis.url,
      WEIXIN_SIMULATOR: 'on',
      PROOF_KEY_FILE: file,
      PROOF_ISSUER: `http://127.0.0.1:${port}`,
    };
    here = await runGateway({ ...env, PORT: String(port) });
    there = await runGateway(env);
    const { appId } = here.app;
    const start = ({ gateway }: RunningGateway) =>
      startOwnBackEnd(`${gateway.url}/.well-known/openid-configuration`, appId, CREDENTIALS);
    shops = [await start(here), await start(there)];
  });
  afterAll(async () => {
    for (const shop of shops) shop.stop();
    for (const { gateway } of [here, there]) await gateway.stop();
    await redis.stop();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    app = startMiniProgram(here);
    await app.client.prepare();
  });

  async function get(shop: OwnBackEnd, path: '/me' | '/balance', bearer: string): Promise<string> {
    const response = await fetch(shop.url + path, { headers: { authorization: `Bearer ${bearer}` } });
    return response.ok ? response.text() : String(response.status);
  }

  async function proof(): Promise<string> {
    const result = await app.client.proof();
    if (result.__typename !== 'SessionProof') throw new Error(result.code);
    return result.proof;
  }

  async function openId(): Promise<string> {
    const session = await app.client.session();
    if (session.__typename !== 'Session') throw new Error(session.code);
    return session.openId;
  }

  test('knows the user by the proof alone, and by asking the gateway, at both', async () => {
    const user = await openId();
    const sent = await proof();
    for (const shop of shops) {
      expect(await get(shop, '/me', sent)).toBe(user);
      expect(await get(shop, '/balance', sent)).toBe(user);
      expect(await get(shop, '/balance', app.client.token())).toBe(user);
    }
  });

  test('takes no phone proof for a login', async () => {
    const number = await app.client.getPhoneNumber(await app.wx.tap());
    if (number.__typename !== 'PhoneNumber') throw new Error(number.code);
    for (const shop of shops) {
      expect(await get(shop, '/me', number.proof ?? '')).toBe('401');
      expect(await get(shop, '/balance', number.proof ?? '')).toBe('401');
    }
  });

  test.each([
    ['a logout', () => app.client.logout()],
    [
      'end-sessions',
      async () => new BackEnd(here.gateway.backendUrl).endSessions({ appId: here.app.appId, openId: await openId() }),
    ],
  ])('sees %s within a second at both gateways; the proof itself lives on until it ends', async (what, end) => {
    const late: number[] = [];
    for (let i = 0; i < REVOCATIONS; i += 1) {
      await app.client.login();
      const token = app.client.token();
      const sent = await proof();
      // Each gateway has a copy of the session near.
      for (const shop of shops) expect(await get(shop, '/balance', token)).toBe(await openId());
      await end();
      const began = performance.now();
      for (const shop of shops) {
        for (const bearer of [token, sent]) {
          await until(
            () => get(shop, '/balance', bearer),
            (answer) => answer === '401',
            EVERYWHERE,
          );
        }
        expect(await get(shop, '/me', sent)).not.toBe('401');
      }
      late.push(performance.now() - began);
    }
    report(`${what}: the slowest of ${REVOCATIONS} seen by introspection at both gateways`, Math.max(...late), {
      atMost: EVERYWHERE,
    });
    expect(Math.max(...late)).toBeLessThan(EVERYWHERE);
  });
});
