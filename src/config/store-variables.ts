import { SEALING_KEY_BYTES } from '../crypto/sealing.js';
import type { NamedKey } from '../crypto/store-seal.js';
import { decodeBase64 } from '../domain/base64.js';
import { fail, succeed } from '../domain/result.js';
import { redisVariables } from './redis-variables.js';
import { type Parser, variable } from './variable.js';

const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;

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
    ...redisVariables,
    sealingKeys: variable('STORE_KEYS', storeKeys, {
      meaning:
        'Keys that seal secrets in Redis: the first one seals, all of them open; needed with Redis in production.',
      isSecret: true,
    }),
  },
};
