import { SEALING_KEY_BYTES } from '../crypto/sealing.js';
import type { NamedKey } from '../crypto/store-seal.js';
import type { RedisServers, RedisSettings } from '../domain/redis-settings.js';
import type { Settings } from './variables.js';

/** Where sessions live that several processes share. */
export interface RedisConfig extends RedisSettings {
  /** The first seals, all of them open. */
  readonly sealingKeys: readonly [NamedKey, ...NamedKey[]];
}

/**
 * Default key outside production. It is public and protects nothing: only for a Redis on the developer's own machine.
 */
const DEVELOPMENT_STORE_KEY: NamedKey = { id: 'development', key: Buffer.alloc(SEALING_KEY_BYTES, 'development') };

/** One Redis; whether the variables agree on one is among the rules in redis-rules.ts. */
export function redisConfig({ redis }: Settings): RedisConfig | undefined {
  const servers = serversOf(redis);
  if (servers === undefined) return undefined;
  const { url, username, passwordFile, database, keyPrefix, timeout, nearCopies, sealingKeys = [] } = redis;
  const { ca, cert, key, serverName } = redis;
  const [first = DEVELOPMENT_STORE_KEY, ...others] = sealingKeys;
  return {
    servers,
    tls: isTls(redis) ? { ca, cert, key, serverName } : undefined,
    username: username ?? url?.username,
    password: passwordFile === undefined ? url?.password : { file: passwordFile },
    database: database ?? url?.database ?? 0,
    keyPrefix,
    timeout,
    nearCopies,
    sealingKeys: [first, ...others],
  };
}

export function isTls({ tls, url }: Settings['redis']): boolean {
  return tls || url?.isTls === true;
}

function serversOf({
  url,
  sentinels,
  sentinelName,
  sentinelPasswordFile,
  cluster,
}: Settings['redis']): RedisServers | undefined {
  if (url !== undefined) return { kind: 'node', node: url.address };
  if (cluster !== undefined) return { kind: 'cluster', nodes: cluster };
  if (sentinels === undefined) return undefined;
  return { kind: 'sentinel', sentinels, name: sentinelName ?? '', passwordFile: sentinelPasswordFile };
}
