import { SEALING_KEY_BYTES } from '../crypto/sealing.js';
import type { NamedKey } from '../crypto/store-seal.js';
import type { Settings } from './variables.js';

/** Where sessions live that several processes share. */
export interface RedisConfig {
  readonly url: string;
  /** The first seals, all of them open. */
  readonly sealingKeys: readonly [NamedKey, ...NamedKey[]];
}

/** This key is public, so it keeps nothing secret: for a Redis on the developer's own machine. */
const DEVELOPMENT_STORE_KEY: NamedKey = { id: 'development', key: Buffer.alloc(SEALING_KEY_BYTES, 'development') };

export function redisConfig({ redis: { url, sealingKeys = [] } }: Settings): RedisConfig | undefined {
  if (url === undefined) return undefined;
  const [first = DEVELOPMENT_STORE_KEY, ...others] = sealingKeys;
  return { url, sealingKeys: [first, ...others] };
}
