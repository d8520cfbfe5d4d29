import { loadConfig } from '../../src/config/config.js';
import { ConfigError } from '../../src/config/env-reader.js';
import { secretVariables } from '../../src/config/variables.js';
import { generateSigningKey } from '../../src/crypto/signing-keys.js';

type Env = Record<string, string>;

const appId = 'wx4f4bc4dec97d474b';
const otherAppId = 'wx0000000000000001';
const apps: Env = { WEIXIN_APPS: `${appId}:secret` };
const production: Env = { NODE_ENV: 'production' };

/** Where Weixin is in this configuration: the simulator, a URL, or nowhere, for these reasons. */
function weixin(env: Env, file?: string): unknown {
  const readFile = () => {
    if (file === undefined) throw new Error('ENOENT');
    return file;
  };
  try {
    const config = loadConfig(env, readFile).weixin;
    if ('simulatorPort' in config) return 'simulator';
    return { url: config.url, apps: config.apps.map((app) => [app.appId, app.secret?.reveal()]) };
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const real = { url: 'https://api.weixin.qq.com', apps: [[appId, 'secret']] };
const needed = expect.stringMatching(/^WEIXIN_APPS or WEIXIN_APPS_FILE is needed/) as string;
const notInProduction = expect.stringMatching(/^WEIXIN_SIMULATOR must not be on in production/) as string;

describe('the simulator stands in for Weixin', () => {
  test.each<[string, Env]>([
    ['where nothing is set', {}],
    ['on HOST localhost', { HOST: 'localhost' }],
    ['on HOST ::1', { HOST: '::1' }],
    ['on HOST 127.0.0.2', { HOST: '127.0.0.2' }],
    ['in NODE_ENV test', { NODE_ENV: 'test' }],
    ['where it is on', { WEIXIN_SIMULATOR: 'on' }],
    ['where it is on, on any HOST', { WEIXIN_SIMULATOR: 'on', HOST: '0.0.0.0' }],
    ['where it is on, instead of the apps given', { WEIXIN_SIMULATOR: 'on', ...apps }],
  ])('%s', (_, env) => {
    expect(weixin(env)).toBe('simulator');
  });
});

describe('the simulator does not come on by itself', () => {
  test.each<[string, Env, unknown]>([
    ['where apps are given', apps, real],
    ['where apps are given and it is off', { ...apps, WEIXIN_SIMULATOR: 'off' }, real],
    ['where it is off', { WEIXIN_SIMULATOR: 'off' }, [needed]],
    ['on HOST 0.0.0.0', { HOST: '0.0.0.0' }, [needed]],
    ['on HOST ::', { HOST: '::' }, [needed]],
    ['on a HOST of the network', { HOST: '192.168.1.5' }, [needed]],
    ['on a HOST whose name starts like a loopback address', { HOST: '127.evil.example' }, [needed]],
    ['in production', production, [needed]],
    ['in production on a loopback HOST', { ...production, HOST: '127.0.0.1' }, [needed]],
    ['in production where apps are given', { ...production, ...apps }, real],
  ])('%s', (_, env, expected) => {
    expect(weixin(env)).toEqual(expected);
  });

  test('in production even where it is on: that stops the start', () => {
    expect(weixin({ ...production, ...apps, WEIXIN_SIMULATOR: 'on' })).toEqual([notInProduction]);
    expect(weixin({ ...production, ...apps, WEIXIN_SIMULATOR: 'on', HOST: '127.0.0.1' })).toEqual([notInProduction]);
  });

  test('in production where it is on and apps are missing: both stop the start', () => {
    expect(weixin({ ...production, WEIXIN_SIMULATOR: 'on' })).toEqual([notInProduction, needed]);
  });

  test('where its variable is mistyped: that is the one problem', () => {
    expect(weixin({ WEIXIN_SIMULATOR: 'yes' })).toEqual(['WEIXIN_SIMULATOR must be one of: on, off.']);
  });
});

describe('the simulator with PROOF_KEY_FILE', () => {
  const proofs: Env = { WEIXIN_SIMULATOR: 'on', PROOF_KEY_FILE: 'key.pem', PROOF_ISSUER: 'https://phone.example.com' };
  const key = generateSigningKey().key.export({ type: 'pkcs8', format: 'pem' }).toString();

  test.each(['127.0.0.1', '127.0.0.2', 'localhost', '::1'])('may start on HOST %s', (HOST) => {
    expect(weixin({ ...proofs, HOST }, key)).toBe('simulator');
  });

  test.each(['0.0.0.0', '::', '192.168.1.5', 'gateway.internal'])('does not start on HOST %s', (HOST) => {
    expect(weixin({ ...proofs, HOST }, key)).toEqual([
      expect.stringMatching(/^WEIXIN_SIMULATOR must not be on with PROOF_KEY_FILE unless HOST is a loopback address/),
    ]);
  });
});

test('PROOF_KEY_FILE needs PROOF_ISSUER', () => {
  const key = generateSigningKey().key.export({ type: 'pkcs8', format: 'pem' }).toString();
  expect(weixin({ ...apps, PROOF_KEY_FILE: 'key.pem' }, key)).toEqual([
    expect.stringMatching(/^PROOF_ISSUER is needed with PROOF_KEY_FILE/),
  ]);
});

describe('WEIXIN_SIMULATOR_PORT', () => {
  test.each([
    [undefined, undefined],
    ['0', 0],
    ['4100', 4100],
  ])('%j is %j', (value, simulatorPort) => {
    const env: Env = value === undefined ? {} : { WEIXIN_SIMULATOR_PORT: value };
    expect(loadConfig(env).weixin).toEqual({ simulatorPort });
  });

  test('must be a port', () => {
    const problem = 'WEIXIN_SIMULATOR_PORT must be a whole number from 0 to 65535.';
    expect(weixin({ WEIXIN_SIMULATOR_PORT: '65536' })).toEqual([problem]);
  });
});

describe('WEIXIN_APPS', () => {
  test.each<[string, [string, string][]]>([
    [`${appId}:a`, [[appId, 'a']]],
    [
      ` ${appId}:a , ${otherAppId}:b `,
      [
        [appId, 'a'],
        [otherAppId, 'b'],
      ],
    ],
    [`${appId}:with:colons`, [[appId, 'with:colons']]],
    [`${appId}:${'s'.repeat(128)}`, [[appId, 's'.repeat(128)]]],
  ])('%j is taken', (value, expected) => {
    expect(weixin({ WEIXIN_APPS: value })).toEqual({ ...real, apps: expected });
  });

  const badAppId = 'WEIXIN_APPS, entry 1: the appid must be wx and 16 hexadecimal digits.';
  const badSecret = 'WEIXIN_APPS, entry 1: the secret is missing or malformed.';
  test.each<[string, string[]]>([
    ['wx12:secret', [badAppId]],
    [`${appId.toUpperCase()}:secret`, [badAppId]],
    [appId, [badSecret]],
    [`${appId}:`, [badSecret]],
    [`${appId}:two words`, [badSecret]],
    [`${appId}:${'s'.repeat(129)}`, [badSecret]],
    ['nonsense', [badAppId, badSecret]],
    [`${appId}:a,${appId}:b`, ['WEIXIN_APPS, entry 2: the appid is there twice.']],
  ])('%j stops the start', (value, expected) => {
    expect(weixin({ WEIXIN_APPS: value })).toEqual(expected);
  });
});

describe('WEIXIN_APPS_FILE', () => {
  const file: Env = { WEIXIN_APPS_FILE: 'apps.json' };
  const badFile = expect.stringMatching(/^WEIXIN_APPS_FILE must name a readable JSON file/) as string;

  test('names a file with the apps', () => {
    const json = JSON.stringify([
      { appId, secret: 'a' },
      { appId: otherAppId, secret: 'b' },
    ]);
    expect(weixin(file, json)).toEqual({
      ...real,
      apps: [
        [appId, 'a'],
        [otherAppId, 'b'],
      ],
    });
  });

  test.each<[string, string | undefined]>([
    ['that is not there', undefined],
    ['that is empty', ''],
    ['that is not JSON', `${appId}:secret`],
    ['without an app', '[]'],
    ['with one app and no list', JSON.stringify({ appId, secret: 'a' })],
    ['with a member that nobody knows', JSON.stringify([{ appId, secret: 'a', appSecret: 'b' }])],
    ['with a secret that is a number', JSON.stringify([{ appId, secret: 5 }])],
  ])('must not name a file %s', (_, json) => {
    expect(weixin(file, json)).toEqual([badFile]);
  });

  test('must not name a file with a bad app, and the problem names the entry', () => {
    const json = JSON.stringify([{ appId: 'hush-1', secret: 'hush 2' }, { appId }]);
    expect(weixin(file, json)).toEqual([
      'WEIXIN_APPS_FILE, entry 1: the appid must be wx and 16 hexadecimal digits.',
      'WEIXIN_APPS_FILE, entry 1: the secret is missing or malformed.',
      'WEIXIN_APPS_FILE, entry 2: the secret is missing or malformed.',
    ]);
  });

  test('and WEIXIN_APPS exclude each other', () => {
    const json = JSON.stringify([{ appId, secret: 'a' }]);
    expect(weixin({ ...file, ...apps }, json)).toEqual([
      'WEIXIN_APPS and WEIXIN_APPS_FILE exclude each other: set one of them.',
    ]);
  });
});

describe('WEIXIN_API_URL', () => {
  test.each<[string, Env, string]>([
    ['https://weixin.example', production, 'https://weixin.example'],
    ['https://weixin.example:8443/', production, 'https://weixin.example:8443'],
    ['http://127.0.0.1:9000', production, 'http://127.0.0.1:9000'],
    ['http://[::1]:9000', production, 'http://[::1]:9000'],
    ['http://localhost', production, 'http://localhost'],
    ['http://weixin.example', {}, 'http://weixin.example'],
    ['http://weixin.example', { ...production, WEIXIN_ALLOW_HTTP: 'on' }, 'http://weixin.example'],
    ['https://relay.example/weixin/api/', production, 'https://relay.example/weixin/api'],
  ])('may be %s in %j', (url, env, expected) => {
    expect(weixin({ ...env, ...apps, WEIXIN_API_URL: url })).toMatchObject({ url: expected });
  });

  const bad = expect.stringMatching(/^WEIXIN_API_URL must be an http or https URL of a host/) as string;
  const notHttps = expect.stringMatching(/^WEIXIN_API_URL must be https in production/) as string;
  test.each<[string, Env, string]>([
    ['weixin.example', {}, bad],
    ['ftp://weixin.example', {}, bad],
    ['https://weixin.example/?a=b', {}, bad],
    ['https://weixin.example/#a', {}, bad],
    ['https://user@weixin.example', {}, bad],
    ['http://weixin.example', production, notHttps],
    ['http://127.evil.example', production, notHttps],
    ['http://localhost.evil.example', production, notHttps],
  ])('must not be %s in %j', (url, env, problem) => {
    expect(weixin({ ...env, ...apps, WEIXIN_API_URL: url })).toEqual([problem]);
  });

  test('must not hold a password', () => {
    expect(weixin({ ...apps, WEIXIN_API_URL: 'https://:password@weixin.example' })).toEqual([bad]);
  });
});

describe('tokens from elsewhere', () => {
  const platform: Env = {
    WEIXIN_APPS: `${appId},${otherAppId}`,
    WEIXIN_COMPONENT_APP_ID: 'wx00000000000000c0',
    WEIXIN_COMPONENT_TOKEN_URL: 'https://tokens.example/component',
  };

  test('are off if nothing is set', () => {
    expect(loadConfig(apps).weixin).toMatchObject({
      tokenUrl: undefined,
      tokenHeaderFile: undefined,
      component: undefined,
      cloudTokenFile: undefined,
    });
  });

  test('have a URL with the place of the appid, and a file with a header', () => {
    const WEIXIN_TOKEN_URL = 'https://tokens.example/of?appid={appid}&key=hush';
    const env = { ...apps, WEIXIN_TOKEN_URL, WEIXIN_TOKEN_HEADER_FILE: '/secrets/header' };
    expect(loadConfig(env, () => 'x-key: hush\n').weixin).toMatchObject({
      tokenUrl: WEIXIN_TOKEN_URL,
      tokenHeaderFile: '/secrets/header',
    });
  });

  test('may be those of a third-party platform, whose apps have no secret', () => {
    const config = loadConfig({ ...platform, WEIXIN_TOKEN_URL: 'https://tokens.example/{appid}' });
    expect(config.weixin).toMatchObject({
      component: { appId: 'wx00000000000000c0', tokenUrl: 'https://tokens.example/component' },
      apps: [
        { appId, secret: undefined },
        { appId: otherAppId, secret: undefined },
      ],
    });
    expect(config.warnings).toEqual([]);
    const file = JSON.stringify([{ appId }]);
    const inFile = { ...platform, WEIXIN_APPS: '', WEIXIN_APPS_FILE: 'apps.json' };
    expect(loadConfig(inFile, () => file).weixin).toMatchObject({ apps: [{ appId, secret: undefined }] });
  });

  test('a platform without WEIXIN_TOKEN_URL is warned of: numbers by code need its tokens', () => {
    expect(loadConfig(platform).warnings).toEqual([expect.stringMatching(/^WEIXIN_TOKEN_URL is unset/)]);
  });

  const secretMissing = 'WEIXIN_APPS, entry 1: the secret is missing or malformed.';
  const needsTokenUrl = expect.stringMatching(/^WEIXIN_COMPONENT_TOKEN_URL is needed/) as string;
  test.each<[string, Env, unknown[]]>([
    ['a platform without its token URL', { ...platform, WEIXIN_COMPONENT_TOKEN_URL: '' }, [needsTokenUrl]],
    [
      'an app without a secret and no platform',
      { ...platform, WEIXIN_COMPONENT_APP_ID: '', WEIXIN_APPS: appId },
      [secretMissing, expect.stringMatching(/^WEIXIN_COMPONENT_APP_ID is needed/)],
    ],
    [
      'a platform that is no appid',
      { ...platform, WEIXIN_COMPONENT_APP_ID: 'component' },
      ['WEIXIN_COMPONENT_APP_ID must be an appid: wx and 16 hexadecimal digits.'],
    ],
    [
      'URLs of tokens over http in production',
      {
        ...platform,
        ...production,
        WEIXIN_COMPONENT_TOKEN_URL: 'http://a.example',
        WEIXIN_TOKEN_URL: 'http://b.example/{appid}',
      },
      [
        expect.stringMatching(/^WEIXIN_TOKEN_URL must be https/),
        expect.stringMatching(/^WEIXIN_COMPONENT_TOKEN_URL must be https/),
      ],
    ],
    [
      'a URL with credentials',
      { ...apps, WEIXIN_TOKEN_URL: 'https://user:hush@tokens.example/' },
      ['WEIXIN_TOKEN_URL must be an http or https URL without a fragment and credentials.'],
    ],
    [
      'a header for nobody',
      { ...apps, WEIXIN_TOKEN_HEADER_FILE: 'header' },
      [expect.stringMatching(/^WEIXIN_TOKEN_HEADER_FILE has no effect/)],
    ],
    [
      "Cloud Run's token beside a server of tokens",
      { ...apps, WEIXIN_CLOUD_TOKEN_FILE: 'token', WEIXIN_TOKEN_URL: 'https://tokens.example' },
      ['WEIXIN_CLOUD_TOKEN_FILE and WEIXIN_TOKEN_URL exclude each other: set one of them.'],
    ],
    [
      'everything at once',
      {
        ...production,
        WEIXIN_APPS: appId,
        WEIXIN_API_URL: 'http://relay.example',
        WEIXIN_COMPONENT_TOKEN_URL: 'http://c.example',
      },
      [
        secretMissing,
        expect.stringMatching(/^WEIXIN_API_URL must be https/),
        expect.stringMatching(/^WEIXIN_COMPONENT_TOKEN_URL must be https/),
        expect.stringMatching(/^WEIXIN_COMPONENT_APP_ID is needed/),
      ],
    ],
  ])('%s stops the start', (_, env, problems) => {
    expect(weixin(env, 'x-key: hush')).toEqual(problems);
  });
});

describe('proxies', () => {
  test.each<[Env, object]>([
    [{}, { https: undefined, http: undefined, none: undefined }],
    [{ HTTPS_PROXY: 'http://proxy.example:3128' }, { https: 'http://proxy.example:3128/' }],
    [
      { https_proxy: 'proxy.example:3128', no_proxy: 'localhost' },
      { https: 'http://proxy.example:3128/', none: 'localhost' },
    ],
    [{ HTTP_PROXY: 'https://user:hush@proxy.example/' }, { http: 'https://user:hush@proxy.example/' }],
    [{ HTTP_PROXY: 'http://a.example', http_proxy: 'http://b.example' }, { http: 'http://a.example/' }],
  ])('%j', (env, expected) => {
    expect(loadConfig(env).proxies).toMatchObject(expected);
  });

  test.each(['socks5://proxy.example', 'http://proxy.example/path', 'a b'])('%j is none', (HTTPS_PROXY) => {
    expect(weixin({ ...apps, HTTPS_PROXY })).toEqual([
      expect.stringMatching(/^HTTPS_PROXY must be an http or https URL of a proxy/),
    ]);
  });

  test('are among the secrets by both of their names', () => {
    expect(secretVariables).toEqual(expect.arrayContaining(['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy']));
  });
});
