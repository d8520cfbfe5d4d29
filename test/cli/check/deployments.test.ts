import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { page } from '../../harness/documents.js';
import { ProductionGateway } from '../../harness/production-gateway.js';
import { deployments } from '../../harness/redis-deployments.js';
import { describeWithRedis, RedisProcess } from '../../harness/redis-process.js';
import { redisCommand } from '../../harness/redis-command.js';
import { startScriptedWeixin } from '../../harness/scripted-weixin.js';
import { APP_SECRET, checked, linesOf, STORE_KEYS } from './checked.js';

/** Milliseconds: starting processes takes long where the machine is busy. */
jest.setTimeout(90_000);

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function weixinUrl(): Promise<string> {
  const server = await startScriptedWeixin();
  closing.push(() => server.close());
  return server.origin;
}

/** Patience for answers on a busy machine. */
const REDIS_TIMEOUT_MS = '2000';

describeWithRedis('with Redis', () => {
  test.each(Object.keys(deployments))('all is well on a Redis like this: %s', async (name) => {
    const deployment = await deployments[name]?.();
    if (deployment === undefined) throw new Error('There is no such deployment.');
    closing.push(() => deployment.stop());
    const finished = await checked({
      WEIXIN_API_URL: await weixinUrl(),
      STORE_KEYS,
      REDIS_TIMEOUT_MS,
      ...deployment.env,
    });
    const lines = linesOf(finished);
    expect(lines.filter((line) => !line.startsWith('✓'))).toEqual([]);
    const servers = lines.filter((line) => line.includes('commands: all that the gateway uses are allowed on'));
    expect(servers).toHaveLength(deployment.masters.length);
    expect(finished).toMatchObject({ status: 0, stderr: '' });
    for (const url of deployment.masters) expect(await redisCommand({ url }, 'DBSIZE')).toBe(0);
  });

  test('leaves the sessions of a running gateway and every key as they are', async () => {
    const redis = await RedisProcess.start();
    closing.push(() => redis.stop());
    const env = { STORE_KEYS, REDIS_URL: redis.url, REDIS_TIMEOUT_MS };
    const gateway = await ProductionGateway.start(env);
    closing.push(() => gateway.stop());
    const client = await gateway.loggedIn('alice');
    // The gateway's own probe comes and goes.
    const keys = async () =>
      ((await redisCommand(redis, 'KEYS', '*')) as string[]).filter((key) => key !== 'wpg:probe').toSorted();
    const before = await keys();
    const finished = await checked({ WEIXIN_API_URL: await weixinUrl(), ...env });
    expect(linesOf(finished)).toContainEqual(expect.stringContaining('STORE_KEYS: they open what is sealed'));
    expect(finished.status).toBe(0);
    expect(await keys()).toEqual(before);
    expect(await client.session()).toMatchObject({ __typename: 'Session' });
  });
});

describeWithRedis('docs/deployment.md', () => {
  test('shows what is printed', async () => {
    const redis = await RedisProcess.start(['--save', '', '--maxmemory-policy', 'allkeys-lru']);
    closing.push(() => redis.stop());
    const offTheList = { errcode: 40164, errmsg: 'invalid ip 203.0.113.7, not in whitelist' };
    const server = await startScriptedWeixin({ answers: { '/sns/jscode2session': offTheList } });
    closing.push(() => server.close());
    const WEIXIN_APPS = `wx0123456789abcdef:${APP_SECRET}`;
    const finished = await checked({
      WEIXIN_APPS,
      WEIXIN_API_URL: server.origin,
      STORE_KEYS,
      REDIS_URL: redis.url,
      REDIS_TIMEOUT_MS,
    });
    const comparable = (stdout: string) =>
      linesOf({ ...finished, stdout }).map((line) =>
        line.replace(/version [\d.]+|(?<=configuration: ).*(?= are)|(?<=clock: that of Redis is ).*/, '…'),
      );
    const [shown = ''] = page('docs/deployment.md').section('Before the first start').blocks('text');
    expect(comparable(finished.stdout)).toEqual(comparable(shown));
  });
});

test('names each proof key with its kind and kid, and the issuer', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'proof-keys-'));
  closing.push(async () => rmSync(folder, { recursive: true }));
  const file = join(folder, 'keys.pem');
  const keys = [
    generateKeyPairSync('ec', { namedCurve: 'prime256v1' }),
    generateKeyPairSync('rsa', { modulusLength: 2048 }),
    generateKeyPairSync('ed25519'),
  ];
  writeFileSync(file, keys.map(({ privateKey }) => privateKey.export({ type: 'pkcs8', format: 'pem' })).join(''));
  const finished = await checked({
    WEIXIN_API_URL: await weixinUrl(),
    PROOF_KEY_FILE: file,
    PROOF_ISSUER: 'https://phone.example.com',
  });
  expect(linesOf(finished).filter((line) => line.includes('proof keys'))).toEqual([
    expect.stringMatching(
      /^✓ proof keys: P-256 \(ES256\), kid [\w-]{43}, signs the proofs of https:\/\/phone\.example\.com\.$/,
    ),
    expect.stringMatching(/^✓ proof keys: RSA of 2048 bits \(RS256\), kid [\w-]{43}, is published\.$/),
    expect.stringMatching(/^✓ proof keys: Ed25519 \(EdDSA\), kid [\w-]{43}, is published\.$/),
  ]);
});
