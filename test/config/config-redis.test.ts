import { loadConfig } from '../../src/config/config.js';
import type { Secret } from '../../src/domain/secret.js';
import type { ConfigError } from '../../src/config/env-reader.js';

const REDIS_URL = 'redis://:password@redis.internal:6379/2';
const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const production = { NODE_ENV: 'production', WEIXIN_APPS: 'wx4f4bc4dec97d474b:secret' };

const files: Record<string, string> = {
  '/pem': '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n',
  '/line': 'password-1\n',
};
function readFile(path: string): string {
  const content = files[path];
  if (content === undefined) throw Object.assign(new Error('no'), { code: 'ENOENT' });
  return content;
}

function problems(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env, readFile);
    return [];
  } catch (error) {
    return (error as ConfigError).problems;
  }
}

test('without REDIS_URL all state lives in the process, whatever STORE_KEYS holds', () => {
  expect(loadConfig({ STORE_KEYS: `a:${key(1)}` }).redis).toBeUndefined();
});

test('with it, the first of STORE_KEYS seals and all of them open', () => {
  const { redis } = loadConfig({ ...production, REDIS_URL, STORE_KEYS: `new:${key(2)}, old:${key(1)}` });
  expect(redis).toMatchObject({ servers: { kind: 'node', node: { host: 'redis.internal', port: 6379 } }, database: 2 });
  expect(redis?.sealingKeys.map(({ id, key }) => [id, key.toString('base64')])).toEqual([
    ['new', key(2)],
    ['old', key(1)],
  ]);
});

test('STORE_KEYS is needed with it in production, and nowhere else', () => {
  expect(problems({ ...production, REDIS_URL })).toEqual([
    expect.stringMatching(/^STORE_KEYS is needed with REDIS_URL/),
  ]);
  expect(loadConfig({ REDIS_URL }).redis?.sealingKeys).toHaveLength(1);
});

test.each([
  'http://redis',
  'redis.internal:6379',
  'redis://',
  'redis://host:99999',
  'unix://',
  'unix:///',
  'redis://::1:6379',
  'redis://host:6379/notdb',
])('%s is no REDIS_URL', (url) => {
  expect(problems({ REDIS_URL: url })).toEqual([expect.stringMatching(/^REDIS_URL must be like redis:/)]);
});

test.each([
  ['redis://:Xq7@Xq8@host', /percent-encoded/],
  ['redis://:Xq7/Xq8@host', /percent-encoded/],
  ['redis://:Xq7#Xq8@host', /percent-encoded/],
  ['redis://:Xq7%zz@host', /percent-encoded/],
  ['redis://:Xq7%2F@host?family=6', /must have no \?/],
  ['unix:///run/redis.sock?db=1', /must have no \?/],
  ['redis://host/0#1', /must have no \?/],
])('%s: the message names the rule, and shows nothing of the URL', (url, rule) => {
  const [problem = '', ...others] = problems({ REDIS_URL: url });
  expect(problem).toMatch(rule);
  expect(others).toEqual([]);
  expect(problem).not.toMatch(/Xq|zz|family/);
});

test.each([
  [
    'redis://[::1]:7000/3',
    { servers: { kind: 'node', node: { host: '::1', port: 7000 } }, database: 3, tls: undefined },
  ],
  ['rediss://host', { servers: { kind: 'node', node: { host: 'host', port: 6379 } }, tls: { ca: undefined } }],
  ['unix:///run/redis.sock', { servers: { kind: 'node', node: { path: '/run/redis.sock' } }, database: 0 }],
  ['unix://user:p%40ss@/run/redis.sock', { username: 'user' }],
])('%s is taken as it is meant', (url, expected) => {
  expect(loadConfig({ REDIS_URL: url }).redis).toMatchObject(expected);
});

test('a password of the URL is decoded', () => {
  const { password } = loadConfig({ REDIS_URL: 'redis://:p%40s%3As@host' }).redis ?? {};
  expect(password).toHaveProperty('reveal');
  expect((password as Secret).reveal()).toBe('p@s:s');
});

test('sentinels and a cluster are lists of hosts', () => {
  expect(loadConfig({ REDIS_SENTINELS: 'a:1, [::1]:2', REDIS_SENTINEL_NAME: 'main' }).redis?.servers).toEqual({
    kind: 'sentinel',
    sentinels: [
      { host: 'a', port: 1 },
      { host: '::1', port: 2 },
    ],
    name: 'main',
    passwordFile: undefined,
  });
  expect(loadConfig({ REDIS_CLUSTER: 'a,b:2' }).redis?.servers).toEqual({
    kind: 'cluster',
    nodes: [
      { host: 'a', port: 6379 },
      { host: 'b', port: 2 },
    ],
  });
});

const URL_WITH_ALL = 'redis://user:secret-1@host/1';
test.each<[Record<string, string>, RegExp[]]>([
  [{ REDIS_URL, REDIS_CLUSTER: 'a:1' }, [/^REDIS_URL and REDIS_CLUSTER exclude/]],
  [{ REDIS_SENTINELS: 'a:1', REDIS_CLUSTER: 'a:1', REDIS_SENTINEL_NAME: 'm' }, [/^REDIS_SENTINELS and REDIS_CLUSTER/]],
  [{ REDIS_SENTINELS: 'a:1' }, [/^REDIS_SENTINEL_NAME is needed/]],
  [{ REDIS_SENTINEL_NAME: 'main' }, [/^REDIS_SENTINEL_NAME has no effect/]],
  [{ REDIS_CLUSTER: 'redis://a:1' }, [/^REDIS_CLUSTER must be host:port/]],
  [{ REDIS_URL, REDIS_CA_FILE: '/none' }, [/^REDIS_CA_FILE must name .* no such file/, /^REDIS_CA_FILE would have no/]],
  [{ REDIS_URL: 'rediss://host', REDIS_CERT_FILE: '/pem' }, [/^REDIS_CERT_FILE and REDIS_KEY_FILE need each other/]],
  [{ REDIS_URL, REDIS_PASSWORD_FILE: '/line' }, [/^REDIS_PASSWORD_FILE and a password in REDIS_URL/]],
  [
    { REDIS_URL: URL_WITH_ALL, REDIS_USERNAME: 'u', REDIS_DATABASE: '1' },
    [/^REDIS_USERNAME and/, /^REDIS_DATABASE and/],
  ],
  [{ REDIS_CLUSTER: 'a:1', REDIS_USERNAME: 'u' }, [/^A user name of Redis needs a password/]],
  [{ REDIS_URL: 'redis://user@host' }, [/^A user name of Redis needs a password/]],
  [{ REDIS_CLUSTER: 'a:1', REDIS_DATABASE: '1' }, [/^REDIS_DATABASE must be 0/]],
  [{ REDIS_URL: 'unix:///s', REDIS_TLS: 'on' }, [/^REDIS_TLS cannot be on/]],
  [
    {
      REDIS_URL: 'http://a',
      REDIS_CLUSTER: 'a:1',
      REDIS_SENTINEL_NAME: 'main',
      REDIS_TLS: 'on',
      REDIS_CA_FILE: '/none',
    },
    [/^REDIS_URL must be like/, /^REDIS_CA_FILE must name/, /^REDIS_URL and REDIS_CLUSTER/, /^REDIS_SENTINEL_NAME has/],
  ],
])('%j: one message has all of it', (env, expected) => {
  expect(problems(env)).toEqual(expected.map((rule) => expect.stringMatching(rule) as unknown));
});

test('that SESSION_MAX has no effect is said at the start', () => {
  expect(loadConfig({ REDIS_URL, SESSION_MAX: '10' }).warnings).toEqual([expect.stringMatching(/^SESSION_MAX has no/)]);
});

test.each([
  { what: 'a key that is too short', keys: 'a:AAAA', problem: /the key must be Base64 of 32 bytes/ },
  { what: 'a key that is not Base64', keys: `a:${'!'.repeat(44)}`, problem: /the key must be Base64 of 32 bytes/ },
  { what: 'no name', keys: `:${key(1)}`, problem: /the kid must be/ },
  { what: 'a name with a dot', keys: `a.b:${key(1)}`, problem: /the kid must be/ },
  { what: 'a name twice', keys: `a:${key(1)},a:${key(2)}`, problem: /entry 2: the kid is there twice/ },
])('STORE_KEYS must not have $what', ({ keys, problem }) => {
  expect(problems({ REDIS_URL, STORE_KEYS: keys })).toEqual([expect.stringMatching(problem)]);
});
