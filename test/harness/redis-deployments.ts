import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificates, tlsEnv } from './certificates.js';
import { RedisClusterProcesses } from './redis-cluster.js';
import { NOTHING_KEPT, RedisProcess } from './redis-process.js';
import { RedisSentinels } from './redis-sentinels.js';
import { refusingProxy } from './refusing-proxy.js';

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

/** In a Cluster, beside it. */
export const LEAST_CLUSTER_ACL = '+cluster|slots +asking';

export const deployments: Record<string, () => Promise<RedisDeployment>> = {
  'one node': async () => oneNode(await RedisProcess.start(), (redis) => ({ REDIS_URL: redis.url })),

  'a socket of this machine': async () => {
    const redis = await RedisProcess.start([...NOTHING_KEPT, '--unixsocket', './redis.sock']);
    return oneNode(redis, () => ({ REDIS_URL: `unix://${join(redis.folder, 'redis.sock')}` }));
  },

  'TLS with client certificates, an ACL user with the least rights, a database and a prefix': async () => {
    const { folder, certificates, done } = withCertificates();
    const redis = await RedisProcess.start([...NOTHING_KEPT, ...gatewayUser('+select')], certificates);
    const env = {
      ...asGatewayUser(folder),
      REDIS_URL: `rediss://127.0.0.1:${redis.servicePort}`,
      ...tlsEnv(certificates),
      // The URL says so.
      REDIS_TLS: '',
      REDIS_DATABASE: '3',
    };
    return { env, masters: [`${redis.url}/3`], stop: () => redis.stop().finally(done) };
  },

  'a proxy that knows neither HELLO nor CLIENT': async () => behindProxy(['HELLO', 'CLIENT'], false),

  'a proxy that hangs up at CLIENT TRACKING': async () => behindProxy(['CLIENT TRACKING'], true),

  Sentinel: async () => sentinelDeployment(await RedisSentinels.start()),

  'Sentinel with TLS, client certificates and an ACL user with the least rights': async () => {
    const { folder, certificates, done } = withCertificates();
    const deployed = await sentinelDeployment(
      await RedisSentinels.start([...NOTHING_KEPT, ...gatewayUser()], certificates),
    );
    const env = { ...deployed.env, ...tlsEnv(certificates), ...asGatewayUser(folder) };
    return { ...deployed, env, stop: () => deployed.stop().finally(done) };
  },

  Cluster: async () => clusterDeployment(await RedisClusterProcesses.start()),

  'Cluster with TLS, client certificates and an ACL user with the least rights': async () => {
    const { folder, certificates, done } = withCertificates();
    const args = [...NOTHING_KEPT, ...gatewayUser(LEAST_CLUSTER_ACL)];
    const deployed = await clusterDeployment(await RedisClusterProcesses.start(args, certificates));
    const env = { ...deployed.env, ...tlsEnv(certificates), ...asGatewayUser(folder) };
    return { ...deployed, env, stop: () => deployed.stop().finally(done) };
  },
};

async function sentinelDeployment(sentinels: RedisSentinels): Promise<RedisDeployment> {
  return { env: sentinels.env, masters: [(await sentinels.master()).url], stop: () => sentinels.stop() };
}

async function clusterDeployment(cluster: RedisClusterProcesses): Promise<RedisDeployment> {
  const masters = (await cluster.masters()).map(({ url }) => url);
  return { env: cluster.env, masters, stop: () => cluster.stop() };
}

/** Arguments of redis-server for a user with the least rights. @param more rights, beside those */
function gatewayUser(more = ''): string[] {
  const rights = `${LEAST_ACL} ${more}`.trim().split(/\s+/);
  return ['--user', 'gateway', 'on', '>the-password', '~tenant:*', 'resetchannels', ...rights];
}

/** What a gateway is that user with. */
function asGatewayUser(folder: string): Record<string, string> {
  const file = join(folder, 'password');
  writeFileSync(file, 'the-password\n');
  return { REDIS_USERNAME: 'gateway', REDIS_PASSWORD_FILE: file, REDIS_KEY_PREFIX: 'tenant:' };
}

/** Certificates in a folder that is there until it is done with. */
function withCertificates() {
  const folder = mkdtempSync(join(tmpdir(), 'redis-tls-'));
  const done = () => rmSync(folder, { recursive: true, force: true });
  return { folder, certificates: makeCertificates(folder), done };
}

function oneNode(redis: RedisProcess, env: (redis: RedisProcess) => Record<string, string>): RedisDeployment {
  return { env: env(redis), masters: [redis.url], stop: () => redis.stop() };
}

async function behindProxy(refused: readonly string[], hangsUp: boolean): Promise<RedisDeployment> {
  const redis = await RedisProcess.start();
  const proxy = await refusingProxy(redis.port, refused, hangsUp);
  const stop = async () => {
    await proxy.close();
    await redis.stop();
  };
  return { env: { REDIS_URL: proxy.url }, masters: [redis.url], stop };
}
