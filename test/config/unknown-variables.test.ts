import { loadConfig } from '../../src/config/config.js';
import { unknownVariables } from '../../src/config/unknown-variables.js';
import { variables } from '../../src/config/variables.js';

const warning = (name: string, nearest: string) =>
  `${name} is no variable of the gateway and has no effect. Did you mean ${nearest}?`;

test.each([
  ['WEIXIN_APP', 'WEIXIN_APPS'],
  ['WEIXIN_APP_FILE', 'WEIXIN_APPS_FILE'],
  ['WEIXIN_APPID', 'WEIXIN_APPS'],
  ['WEIXIN_TIMEOUT', 'WEIXIN_TIMEOUT_MS'],
  ['WEIXIN_TIMEOUT_SECONDS', 'WEIXIN_TIMEOUT_MS'],
  ['REDIS_URI', 'REDIS_URL'],
  ['REDIS_HOST', 'REDIS_URL'],
  ['PROOF_KEYS_FILE', 'PROOF_KEY_FILE'],
  ['PROOF_ISSUER_URL', 'PROOF_ISSUER'],
  ['SESSION_IDLE', 'SESSION_IDLE_SECONDS'],
  ['SESSION_IDLE_SECS', 'SESSION_IDLE_SECONDS'],
  ['SESSION_PER_USER', 'SESSIONS_PER_USER'],
  ['SESSIONS_MAX', 'SESSION_MAX'],
])('%s is warned about, and %s is suggested', (name, nearest) => {
  expect(unknownVariables({ [name]: 'value' })).toEqual([warning(name, nearest)]);
});

test('known variables are not warned about', () => {
  expect(unknownVariables(Object.fromEntries(variables.map(({ name }) => [name, 'value'])))).toEqual([]);
});

test.each(['PATH', 'MY_REDIS_URL', 'REDIS', 'SESSIONNAME', 'PORTS', 'npm_config_weixin_apps'])(
  '%s is another program’s, and is not warned about',
  (name) => {
    expect(unknownVariables({ [name]: 'value' })).toEqual([]);
  },
);

test('an X11 session’s SESSION_MANAGER is not warned about', () => {
  expect(unknownVariables({ SESSION_MANAGER: 'local/host:@/tmp/.ICE-unix/1' })).toEqual([]);
});

test.each(['', '  '])('an unknown variable that is %j counts as unset', (value) => {
  expect(unknownVariables({ REDIS_URI: value })).toEqual([]);
});

describe('in Kubernetes', () => {
  const service = (prefix: string) => ({
    [`${prefix}_SERVICE_HOST`]: '10.0.0.1',
    [`${prefix}_SERVICE_PORT`]: '6379',
    [`${prefix}_SERVICE_PORT_CLIENT`]: '6379',
    [`${prefix}_PORT`]: 'tcp://10.0.0.1:6379',
    [`${prefix}_PORT_6379_TCP`]: 'tcp://10.0.0.1:6379',
    [`${prefix}_PORT_6379_TCP_ADDR`]: '10.0.0.1',
  });

  test.each(['REDIS', 'REDIS_MASTER', 'WEIXIN_PHONE_GATEWAY'])(
    'the variables of a service %s are not warned about',
    (prefix) => {
      expect(unknownVariables(service(prefix))).toEqual([]);
    },
  );

  test('other unknown variables still are', () => {
    expect(unknownVariables({ ...service('REDIS'), REDIS_URI: 'value' })).toEqual([warning('REDIS_URI', 'REDIS_URL')]);
  });
});

test('REDIS_PORT without such a service is warned about', () => {
  expect(unknownVariables({ REDIS_PORT: '6379' })).toHaveLength(1);
});

test('the configuration has the warnings, without any value', () => {
  const { warnings } = loadConfig({ REDIS_PASSWORD: 'the-secret', WEIXIN_SECRET: 'the-secret' });
  expect(warnings).toHaveLength(2);
  expect(warnings.join()).not.toContain('the-secret');
});
