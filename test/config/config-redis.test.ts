import { loadConfig } from '../../src/config/config.js';
import type { ConfigError } from '../../src/config/env-reader.js';

const REDIS_URL = 'redis://:password@redis.internal:6379/2';
const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const production = { NODE_ENV: 'production', WEIXIN_APPS: 'wx4f4bc4dec97d474b:secret' };

function problems(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
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
  expect(redis?.url).toBe(REDIS_URL);
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
  'redis://:pa@ss:word@host:99999999',
  'redis://host:6379/notdb',
])('%s is no REDIS_URL', (url) => {
  expect(problems({ REDIS_URL: url })).toEqual([expect.stringMatching(/^REDIS_URL must be like redis:/)]);
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
