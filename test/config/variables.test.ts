import { loadConfig } from '../../src/config/config.js';
import { ConfigError } from '../../src/config/env-reader.js';
import { secretVariables, variables } from '../../src/config/variables.js';

function problems(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

test('each name is in the table once', () => {
  const names = variables.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});

test.each(variables.filter((row) => row.default !== undefined))('$name is $default if it is unset', (row) => {
  expect(loadConfig({ [row.name]: row.default })).toEqual(loadConfig({}));
});

const ranges = variables.flatMap(({ name, bounds }) => {
  const [, min, max] = /^(\d+) to (\d+)$/.exec(bounds) ?? [];
  return min === undefined || max === undefined ? [] : [{ name, min: Number(min), max: Number(max) }];
});

/** What a variable needs beside it. */
const BESIDE: Readonly<Record<string, Record<string, string>>> = {
  BACKEND_PORT: { BACKEND_CLIENTS: `shop:${'s'.repeat(32)}` },
};

test.each(ranges)('$name takes the whole numbers from $min to $max, and no other', ({ name, min, max }) => {
  for (const value of [min, max]) expect(problems({ ...BESIDE[name], [name]: String(value) })).toEqual([]);
  for (const value of [min - 1, max + 1, 'many']) {
    const wrong = { ...BESIDE[name], [name]: String(value) };
    expect(problems(wrong)).toEqual([`${name} must be a whole number from ${min} to ${max}.`]);
  }
});

test.each(variables)('the meaning of $name is one sentence', ({ meaning }) => {
  expect(meaning).toMatch(/^[A-Z`].*\.$/);
  expect(meaning).not.toMatch(/\. /);
  expect(meaning.split('`').length % 2).toBe(1);
});

test('the variables whose values are secrets are known, so that the process can forget them', () => {
  expect(secretVariables).toEqual([
    'WEIXIN_APPS',
    'WEIXIN_TOKEN_URL',
    'WEIXIN_COMPONENT_TOKEN_URL',
    'HTTPS_PROXY',
    'https_proxy',
    'HTTP_PROXY',
    'http_proxy',
    'REDIS_URL',
    'STORE_KEYS',
    'BACKEND_CLIENTS',
    // A URL of a collector may have a token in its path.
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    'OTEL_EXPORTER_OTLP_HEADERS',
    'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
  ]);
});
