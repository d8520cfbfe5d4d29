import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { type Config, loadConfig } from '../../src/config/config.js';
import { ConfigError } from '../../src/config/env-reader.js';

type Env = Record<string, string>;

const appId = 'wx4f4bc4dec97d474b';
const production: Env = { NODE_ENV: 'production', WEIXIN_APPS: `${appId}:secret` };

/** The problems of a configuration that is not usable; none where it is. */
function problems(env: Env): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

function thrownBy(load: () => unknown): unknown {
  try {
    load();
  } catch (error) {
    return error;
  }
  throw new Error('The configuration is usable.');
}

/** The setting of each whole number, the factor from its unit to that of the setting, its default and its range. */
const numbers: [name: string, setting: keyof Config, factor: number, unset: number, min: number, max: number][] = [
  ['PORT', 'port', 1, 4000, 0, 65_535],
  ['WEIXIN_TIMEOUT_MS', 'weixinTimeout', 1, 2500, 100, 60_000],
  ['WEIXIN_MAX_IN_FLIGHT', 'weixinMaxInFlight', 1, 256, 1, 4096],
  ['SESSION_MAX', 'sessionMax', 1, 100_000, 1, 10_000_000],
  ['SESSIONS_PER_USER', 'sessionsPerUser', 1, 10, 1, 1000],
  ['SESSION_IDLE_SECONDS', 'sessionIdle', 1000, 7200, 1, 31_536_000],
  ['SESSION_ABSOLUTE_SECONDS', 'sessionAbsolute', 1000, 604_800, 1, 31_536_000],
  ['LOGIN_REPLAY_SECONDS', 'loginReplay', 1000, 60, 0, 300],
  ['WATERMARK_MAX_AGE_SECONDS', 'watermarkMaxAge', 1000, 300, 1, 31_536_000],
  ['CLOCK_SKEW_SECONDS', 'clockSkew', 1000, 60, 0, 3600],
  ['DECRYPT_FAILURE_LIMIT', 'decryptFailureLimit', 1, 20, 1, 1_000_000],
  ['DECRYPT_FAILURE_WINDOW_SECONDS', 'decryptFailureWindow', 1000, 3600, 1, 31_536_000],
  ['TRUST_PROXY', 'trustProxy', 1, 0, 0, 16],
  ['DRAIN_SECONDS', 'drain', 1000, 1, 0, 5],
];

describe.each(numbers)('%s', (name, setting, factor, unset, min, max) => {
  test.each([undefined, '', '  '])('is its default where it is %j', (value) => {
    expect(loadConfig(value === undefined ? {} : { [name]: value })[setting]).toBe(unset * factor);
  });

  test.each([min, min + 1, max])('may be %i', (value) => {
    expect(loadConfig({ [name]: ` ${value} ` })[setting]).toBe(value * factor);
  });

  test.each([min - 1, max + 1, '1.5', '1e2', '0x10', '+5', '5s', 'many', '99999999999', 'NaN', '५'])(
    'must not be %s, and the problem says what it may be',
    (value) => {
      expect(problems({ [name]: String(value) })).toEqual([`${name} must be a whole number from ${min} to ${max}.`]);
    },
  );
});

describe.each(['HOST', 'METRICS_HOST'])('%s', (name) => {
  test.each(['127.0.0.1', '::1', 'gateway.internal'])('may be %s', (value) => {
    expect(problems({ [name]: value, WEIXIN_SIMULATOR: 'on' })).toEqual([]);
  });

  test.each(['http://gateway', 'two words', 'a'.repeat(254)])('must not be %s', (value) => {
    expect(problems({ [name]: value })).toEqual([`${name} must be an address or a host name.`]);
  });
});

describe('LOG_LEVEL', () => {
  test.each(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])('may be %s', (level) => {
    expect(loadConfig({ LOG_LEVEL: level }).logLevel).toBe(level);
  });

  test('is info by default', () => {
    expect(loadConfig({}).logLevel).toBe('info');
  });

  test.each(['verbose', 'INFO', '30'])('must not be %s', (level) => {
    expect(problems({ LOG_LEVEL: level })).toEqual([expect.stringMatching(/^LOG_LEVEL must be one of: fatal, /)]);
  });
});

describe('CORS_ORIGINS', () => {
  test.each([
    [undefined, []],
    ['https://example.com', ['https://example.com']],
    [' https://a.example , http://localhost:8080,', ['https://a.example', 'http://localhost:8080']],
  ])('%j is %j', (value, origins) => {
    expect(loadConfig(value === undefined ? {} : { CORS_ORIGINS: value }).corsOrigins).toEqual(origins);
  });

  test.each([
    '*',
    'null',
    'example.com',
    'https://example.com/',
    'https://example.com/x',
    'ftp://example.com',
    'https://EXAMPLE.com',
  ])('must not be %s', (value) => {
    expect(problems({ CORS_ORIGINS: value })).toEqual([expect.stringMatching(/^CORS_ORIGINS must be origins/)]);
  });
});

const NO_PROOFS = expect.stringMatching(/^PROOF_KEY_FILE is unset: /) as string;

test('the warning of a production without proofs is gone as soon as it has a key', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const env = { ...production, PROOF_KEY_FILE: '/key.pem', PROOF_ISSUER: 'https://phone.example.com' };
  const { warnings } = loadConfig(env, () => privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  expect(warnings).toEqual([]);
});

describe('NODE_ENV', () => {
  test.each([
    [{}, { production: false, host: '127.0.0.1' }],
    [{ NODE_ENV: 'development' }, { production: false, host: '127.0.0.1' }],
    [{ NODE_ENV: 'test' }, { production: false, host: '127.0.0.1' }],
    [production, { production: true, host: '0.0.0.0' }],
    [
      { ...production, HOST: '10.0.0.7' },
      { production: true, host: '10.0.0.7' },
    ],
  ] satisfies [Env, Partial<Config>][])('%j is %j', (env, config) => {
    expect(loadConfig(env)).toMatchObject({ ...config, warnings: config.production ? [NO_PROOFS] : [] });
  });

  test.each(['prod', 'Production', 'staging', 'constructor'])('%s is taken for production, with a warning', (mode) => {
    const { production: isProduction, host, warnings } = loadConfig({ ...production, NODE_ENV: mode });
    expect({ isProduction, host }).toEqual({ isProduction: true, host: '0.0.0.0' });
    expect(warnings).toEqual([
      'NODE_ENV is neither development, test nor production, and is taken for production.',
      NO_PROOFS,
    ]);
  });
});

describe('METRICS_PORT', () => {
  test('unset, there are no metrics, whatever METRICS_HOST is', () => {
    expect(loadConfig({ METRICS_HOST: '10.0.0.7' }).metrics).toBeUndefined();
  });

  test('set, they listen on the loopback interface or on METRICS_HOST', () => {
    expect(loadConfig({ METRICS_PORT: '9464' }).metrics).toEqual({ host: '127.0.0.1', port: 9464 });
    expect(loadConfig({ METRICS_PORT: '0', METRICS_HOST: '10.0.0.7' }).metrics).toEqual({ host: '10.0.0.7', port: 0 });
  });
});

describe.each([
  { name: 'VERIFY_ORIGIN', setting: 'verifyOrigin', values: { never: false, always: true }, unset: false },
  { name: 'PHONE_CODE_BINDING', setting: 'bindPhoneCodes', values: { openid: true, none: false }, unset: true },
] as const)('$name', ({ name, setting, values, unset }) => {
  test('has its default, and two values', () => {
    expect(loadConfig({})[setting]).toBe(unset);
    for (const [value, meaning] of Object.entries(values)) expect(loadConfig({ [name]: value })[setting]).toBe(meaning);
    expect(problems({ [name]: 'sometimes' })).toEqual([`${name} must be one of: ${Object.keys(values).join(', ')}.`]);
  });
});

describe('a configuration that is not usable', () => {
  const bad: Env = {
    NODE_ENV: 'production',
    PORT: 'bad-value-1',
    WEIXIN_SIMULATOR: 'bad-value-2',
    WEIXIN_APPS: `${appId}:bad secret-3,bad-value-4:good-secret-5,${appId}:good-secret-6,${appId}:good-secret-7`,
    WEIXIN_API_URL: 'https://user:bad-value-8@example.com/',
    WEIXIN_TIMEOUT_MS: 'bad-value-9',
    SESSION_MAX: 'bad-value-10',
    SESSIONS_PER_USER: 'bad-value-11',
    SESSION_IDLE_SECONDS: 'bad-value-12',
    SESSION_ABSOLUTE_SECONDS: 'bad-value-13',
    LOGIN_REPLAY_SECONDS: 'bad-value-14',
    WATERMARK_MAX_AGE_SECONDS: 'bad-value-15',
    CLOCK_SKEW_SECONDS: 'bad-value-16',
    DECRYPT_FAILURE_LIMIT: 'bad-value-17',
    DECRYPT_FAILURE_WINDOW_SECONDS: 'bad-value-18',
    CORS_ORIGINS: 'bad-value-19',
    TRUST_PROXY: 'bad-value-20',
    LOG_LEVEL: 'bad-value-21',
    METRICS_PORT: 'bad-value-28',
    TRUSTED_DOCUMENTS: '/nowhere/bad-value-29',
    REDIS_URL: 'http://:bad-value-22@redis',
    PROOF_KEY_FILE: '/nowhere/bad-value-24',
    PROOF_ISSUER: 'bad-value-25',
    VERIFY_ORIGIN: 'bad-value-26',
    PHONE_CODE_BINDING: 'bad-value-27',
    STORE_KEYS: 'kid:bad-value-23',
  };
  const message = new ConfigError(problems(bad)).message;

  test('stops the start with one error that names every variable at once', () => {
    expect(() => loadConfig(bad)).toThrow(ConfigError);
    for (const name of Object.keys(bad).filter((name) => name !== 'NODE_ENV')) expect(message).toContain(name);
  });

  test('says which entry of WEIXIN_APPS is wrong', () => {
    for (const entry of [1, 2, 3, 4]) expect(message).toContain(`WEIXIN_APPS, entry ${entry}: `);
  });

  test('is described without any of its values', () => {
    expect(message).not.toMatch(/bad-|good-|secret-|@redis|wx4f/);
  });

  test.each(['WEIXIN_APPS_FILE', 'TRUSTED_DOCUMENTS', 'PROOF_KEY_FILE'])(
    'is described without the content of the file that %s names',
    (name) => {
      for (const content of ['hush', '"hush"', '{"hush":"hush"}', '[{"appId":"hush","secret":"hush","hush":1}]']) {
        const load = () => loadConfig({ [name]: 'hush.json', PROOF_ISSUER: 'https://example.com' }, () => content);
        const error = inspect(thrownBy(load), { depth: Infinity, showHidden: true });
        expect(error).toContain(`${name} must name a readable`);
        expect(error).not.toContain('hush');
      }
    },
  );

  test('is described with the names that were misspelt, and with a NODE_ENV that is unknown', () => {
    const error = thrownBy(() => loadConfig({ NODE_ENV: 'prod', WEIXIN_APP: `${appId}:hush` })) as Error;
    expect(error.message.split('\n')).toEqual([
      'The configuration is not usable:',
      expect.stringMatching(/^ {2}- WEIXIN_APPS or WEIXIN_APPS_FILE is needed/),
      'Also noticed:',
      expect.stringMatching(/^ {2}- NODE_ENV is neither/),
      expect.stringMatching(/^ {2}- WEIXIN_APP .+ Did you mean WEIXIN_APPS\?$/),
    ]);
  });
});
