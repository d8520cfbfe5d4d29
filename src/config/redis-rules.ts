import { isTls } from './redis-config.js';
import type { Settings, VariableName } from './variables.js';

const FORMS = ['REDIS_URL', 'REDIS_SENTINELS', 'REDIS_CLUSTER'] as const;
const TLS_FILES = ['REDIS_CA_FILE', 'REDIS_CERT_FILE', 'REDIS_KEY_FILE', 'REDIS_SERVER_NAME'] as const;

/** The rules between the variables of Redis: whether each is broken, and the sentence that says so. */
export function redisRules(
  { redis, production }: Settings,
  isSet: (name: VariableName) => boolean,
): readonly (readonly [isBroken: boolean, problem: string])[] {
  const forms = FORMS.filter(isSet);
  const hasRedis = forms.length > 0;
  const { url } = redis;
  const mayBeTls = isTls(redis) || (isSet('REDIS_URL') && url === undefined);
  return [
    [forms.length > 1, `${forms.join(' and ')} exclude each other: set one of them.`],
    [
      isSet('REDIS_SENTINELS') && !isSet('REDIS_SENTINEL_NAME'),
      'REDIS_SENTINEL_NAME is needed with REDIS_SENTINELS: what the sentinels call the master.',
    ],
    [
      isSet('REDIS_SENTINEL_NAME') && !isSet('REDIS_SENTINELS'),
      'REDIS_SENTINEL_NAME has no effect without REDIS_SENTINELS: host:port of the sentinels.',
    ],
    [
      isSet('REDIS_SENTINEL_PASSWORD_FILE') && !isSet('REDIS_SENTINELS'),
      'REDIS_SENTINEL_PASSWORD_FILE has no effect without REDIS_SENTINELS.',
    ],
    [
      TLS_FILES.some(isSet) && !mayBeTls,
      `${TLS_FILES.filter(isSet).join(', ')} would have no effect: set REDIS_TLS=on, or a URL of rediss://.`,
    ],
    [isSet('REDIS_CERT_FILE') !== isSet('REDIS_KEY_FILE'), 'REDIS_CERT_FILE and REDIS_KEY_FILE need each other.'],
    [redis.tls && url !== undefined && 'path' in url.address, 'REDIS_TLS cannot be on with a URL of unix://.'],
    [
      url?.password !== undefined && isSet('REDIS_PASSWORD_FILE'),
      'REDIS_PASSWORD_FILE and a password in REDIS_URL exclude each other: set one of them.',
    ],
    [
      url?.username !== undefined && isSet('REDIS_USERNAME'),
      'REDIS_USERNAME and a user name in REDIS_URL exclude each other: set one of them.',
    ],
    [
      (url?.username ?? redis.username) !== undefined && url?.password === undefined && !isSet('REDIS_PASSWORD_FILE'),
      'A user name of Redis needs a password, in REDIS_PASSWORD_FILE or in REDIS_URL: without one it would not be sent.',
    ],
    [
      url?.database !== undefined && isSet('REDIS_DATABASE'),
      'REDIS_DATABASE and a database in REDIS_URL exclude each other: set one of them.',
    ],
    [
      isSet('REDIS_CLUSTER') && (redis.database ?? 0) !== 0,
      'REDIS_DATABASE must be 0 or unset with REDIS_CLUSTER: a Cluster has one database.',
    ],
    [
      production && hasRedis && !isSet('STORE_KEYS'),
      `STORE_KEYS is needed with ${forms[0] ?? ''} in production: kid:base64 of 32 bytes, the first one seals.`,
    ],
  ];
}

/** A sentence for the log, if a setting that people rely on has no effect. */
export function redisWarnings(isSet: (name: VariableName) => boolean): readonly string[] {
  return isSet('SESSION_MAX') && FORMS.some(isSet)
    ? ['SESSION_MAX has no effect with Redis: sessions end by their times, and maxmemory bounds them.']
    : [];
}
