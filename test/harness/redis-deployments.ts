import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificates } from './certificates.js';
import { freePort } from './free-port.js';
import { RedisClusterProcesses } from './redis-cluster.js';
import { RedisProcess } from './redis-process.js';
import { RedisSentinels } from './redis-sentinels.js';
import { RefusingProxy } from './refusing-proxy.js';

/** A Redis as somebody may run it. */
export interface RedisDeployment {
  /** The variables by which a gateway finds it. */
  readonly env: Record<string, string>;
  /** URLs of the masters for the test's own use, past everything that stands in front of them. */
  readonly masters: readonly string[];
  stop(): Promise<void>;
}

/** What the ACL of a gateway may be at the least; docs/redis.md has the same. */
export const LEAST_ACL =
  '-@all +client|tracking +evalsha +eval +script|load +time +get +getex +set +setrange +getdel +del +pexpire +pttl ' +
  '+incr +hincrby +hset +hdel';

const PLAIN = ['--save', '', '--appendonly', 'no'];

export const deployments: Record<string, () => Promise<RedisDeployment>> = {
  'one node': async () => oneNode(await RedisProcess.start(), (redis) => ({ REDIS_URL: redis.url })),

  'a socket of this machine': async () => {
    const redis = await RedisProcess.start([...PLAIN, '--unixsocket', './redis.sock']);
    return oneNode(redis, () => ({ REDIS_URL: `unix://${join(redis.folder, 'redis.sock')}` }));
  },

  'TLS with client certificates, an ACL user with the least rights, a database and a prefix': async () => {
    const folder = mkdtempSync(join(tmpdir(), 'redis-tls-'));
    const { ca, server, client } = makeCertificates(folder);
    const port = await freePort();
    const [passwordFile, aclFile] = [join(folder, 'password'), join(folder, 'users.acl')] as const;
    writeFileSync(passwordFile, 'the-password\n');
    writeFileSync(
      aclFile,
      `user default on nopass ~* &* +@all\nuser gateway on >the-password ~tenant:* resetchannels ${LEAST_ACL} +select\n`,
    );
    const redis = await RedisProcess.start([
      ...PLAIN,
      ...['--tls-port', String(port), '--tls-cert-file', server.cert, '--tls-key-file', server.key],
      ...['--tls-ca-cert-file', ca, '--tls-auth-clients', 'yes'],
      ...['--aclfile', aclFile],
    ]);
    const env = {
      REDIS_URL: `rediss://127.0.0.1:${port}`,
      REDIS_CA_FILE: ca,
      REDIS_CERT_FILE: client.cert,
      REDIS_KEY_FILE: client.key,
      REDIS_SERVER_NAME: 'redis.test',
      REDIS_USERNAME: 'gateway',
      REDIS_PASSWORD_FILE: passwordFile,
      REDIS_DATABASE: '3',
      REDIS_KEY_PREFIX: 'tenant:',
    };
    const stop = async () => {
      await redis.stop();
      rmSync(folder, { recursive: true, force: true });
    };
    return { env, masters: [`${redis.url}/3`], stop };
  },

  'a proxy that knows neither HELLO nor CLIENT': async () => behindProxy(['HELLO', 'CLIENT'], false),

  'a proxy that hangs up at CLIENT TRACKING': async () => behindProxy(['CLIENT TRACKING'], true),

  Sentinel: async () => {
    const sentinels = await RedisSentinels.start();
    return { env: sentinels.env, masters: [(await sentinels.master()).url], stop: () => sentinels.stop() };
  },

  Cluster: async () => {
    const cluster = await RedisClusterProcesses.start();
    const masters = (await cluster.masters()).map(({ url }) => url);
    return { env: cluster.env, masters, stop: () => cluster.stop() };
  },
};

function oneNode(redis: RedisProcess, env: (redis: RedisProcess) => Record<string, string>): RedisDeployment {
  return { env: env(redis), masters: [redis.url], stop: () => redis.stop() };
}

async function behindProxy(refused: readonly string[], hangsUp: boolean): Promise<RedisDeployment> {
  const redis = await RedisProcess.start();
  const proxy = await RefusingProxy.to(redis.port, refused, hangsUp);
  const stop = async () => {
    await proxy.close();
    await redis.stop();
  };
  return { env: { REDIS_URL: proxy.url }, masters: [redis.url], stop };
}
