import { SEALING_KEY_BYTES } from '../crypto/sealing.js';
import type { NamedKey } from '../crypto/store-seal.js';
import { decodeBase64 } from '../domain/base64.js';
import type { EnvReader } from './env-reader.js';

/** Where sessions live that several processes share. */
export interface RedisConfig {
  readonly url: string;
  /** The first seals, all of them open. */
  readonly sealingKeys: readonly [NamedKey, ...NamedKey[]];
}

/** No path, or the number of a database. */
const DATABASE = /^\/?\d*$/;
const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;

/** Everybody has it, so it keeps nothing secret: for a Redis on the developer's own machine. */
const DEVELOPMENT_STORE_KEY: NamedKey = { id: 'development', key: Buffer.alloc(SEALING_KEY_BYTES, 'development') };

export function readRedis(reader: EnvReader): RedisConfig | undefined {
  const url = reader.text('REDIS_URL');
  if (url !== undefined && !isRedisUrl(url)) {
    reader.problem(
      'REDIS_URL must be like redis://host:6379/0, or rediss:// for TLS; the port and the database may be left out.',
    );
  }
  const [first, ...others] = storeKeys(reader, url !== undefined);
  if (url === undefined || first === undefined) return undefined;
  return { url, sealingKeys: [first, ...others] };
}

function storeKeys(reader: EnvReader, needed: boolean): readonly NamedKey[] {
  const list = reader.text('STORE_KEYS');
  if (list === undefined) {
    if (needed && reader.production) {
      reader.problem('STORE_KEYS is needed with REDIS_URL in production: kid:base64 of 32 bytes, the first one seals.');
    }
    return needed ? [DEVELOPMENT_STORE_KEY] : [];
  }
  const keys = new Map<string, NamedKey>();
  list.split(',').forEach((entry, i) => {
    const [id = '', encoded = ''] = entry.trim().split(':');
    const key = decodeBase64(encoded);
    if (!KEY_ID.test(id))
      reader.problem(`STORE_KEYS, entry ${i + 1}: the kid must be 1 to 32 letters, digits, - or _.`);
    if (key?.length !== SEALING_KEY_BYTES) {
      reader.problem(`STORE_KEYS, entry ${i + 1}: the key must be Base64 of ${SEALING_KEY_BYTES} bytes.`);
    }
    if (keys.has(id)) reader.problem(`STORE_KEYS, entry ${i + 1}: the kid is there twice.`);
    if (key !== undefined) keys.set(id, { id, key });
  });
  return [...keys.values()];
}

function isRedisUrl(text: string): boolean {
  try {
    const url = new URL(text);
    return ['redis:', 'rediss:'].includes(url.protocol) && url.hostname !== '' && DATABASE.test(url.pathname);
  } catch {
    return false;
  }
}
