import { SEALING_KEY_BYTES } from '../crypto/sealing.js';
import type { NamedKey } from '../crypto/store-seal.js';
import { decodeBase64 } from '../domain/base64.js';
import { fail, succeed } from '../domain/result.js';
import { type Parser, variable } from './variable.js';

/** The path of a Redis URL: empty, or the number of a database. */
const DATABASE = /^\/?\d*$/;
const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;

const redisUrl: Parser<string> = {
  bounds: '`redis://…` or `rediss://…`',
  parse: (text, { name }) =>
    isRedisUrl(text)
      ? succeed(text)
      : fail([
          `${name} must be like redis://host:6379/0, or rediss:// for TLS; the port and the database are optional.`,
        ]),
};

function isRedisUrl(text: string): boolean {
  try {
    const url = new URL(text);
    return ['redis:', 'rediss:'].includes(url.protocol) && url.hostname !== '' && DATABASE.test(url.pathname);
  } catch {
    return false;
  }
}

const storeKeys: Parser<readonly NamedKey[]> = {
  bounds: `\`kid:base64 of ${SEALING_KEY_BYTES} bytes\`, comma-separated`,
  parse: (text, { name }) => {
    const keys = new Map<string, NamedKey>();
    const problems: string[] = [];
    text.split(',').forEach((entry, i) => {
      const problem = (rule: string) => problems.push(`${name}, entry ${i + 1}: ${rule}`);
      const [id = '', encoded = ''] = entry.trim().split(':');
      const key = decodeBase64(encoded);
      if (!KEY_ID.test(id)) problem('the kid must be 1 to 32 letters, digits, - or _.');
      if (key?.length !== SEALING_KEY_BYTES) problem(`the key must be Base64 of ${SEALING_KEY_BYTES} bytes.`);
      if (keys.has(id)) problem('the kid is there twice.');
      if (key !== undefined) keys.set(id, { id, key });
    });
    return problems.length === 0 ? succeed([...keys.values()]) : fail(problems);
  },
};

/** The store that several gateways share. */
export const storeVariables = {
  redis: {
    url: variable('REDIS_URL', redisUrl, {
      meaning: 'A Redis or Valkey that several gateways share; if unset, all state lives in this process.',
      isSecret: true,
    }),
    sealingKeys: variable('STORE_KEYS', storeKeys, {
      meaning:
        'Keys that seal secrets in Redis: the first one seals, all of them open; needed with `REDIS_URL` in production.',
      isSecret: true,
    }),
  },
};
