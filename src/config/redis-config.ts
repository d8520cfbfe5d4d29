import { SEALING_KEY_BYTES } from '../crypto/sealing.js';
import type { NamedKey } from '../crypto/store-seal.js';
import type { Settings } from './variables.js';

/** The Redis that several processes share. */
export interface RedisConfig {
  readonly url: string;
  /** The first seals, all of them open. */
  readonly sealingKeys: readonly [NamedKey, ...NamedKey[]];
}

/**
 * Default key outside production. It is public and protects nothing: only for a Redis on the developer's own machine.
 */
const DEVELOPMENT_STORE_KEY: NamedKey = { id: 'development', key: Buffer.alloc(SEALING_KEY_BYTES, 'development') };

export function redisConfig({ redis: { url, sealingKeys = [] } }: Settings): RedisConfig | undefined {
  if (url === undefined) return undefined;
  const [first = DEVELOPMENT_STORE_KEY, ...others] = sealingKeys;
  return { url, sealingKeys: [first, ...others] };
}
