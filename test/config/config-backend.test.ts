import { inspect } from 'node:util';
import { loadConfig } from '../../src/config/config.js';
import { ConfigError } from '../../src/config/env-reader.js';

const SECRET = 'a-secret-of-thirty-two-characters';
const door = { BACKEND_PORT: '4002' };

function problems(env: Record<string, string>, file = ''): readonly string[] {
  try {
    loadConfig(env, () => file);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const clientsOf = (env: Record<string, string>, file = '') =>
  loadConfig({ ...door, ...env }, () => file).backendDoor?.clients.map(({ id, secret }) => `${id}:${secret.reveal()}`);

test('without BACKEND_PORT there is no door', () => {
  expect(loadConfig({}).backendDoor).toBeUndefined();
  expect(loadConfig({ BACKEND_CLIENTS: `shop:${SECRET}` }).backendDoor).toBeUndefined();
});

test('the door is on loopback unless BACKEND_HOST says otherwise', () => {
  expect(loadConfig({ ...door, BACKEND_CLIENTS: `shop:${SECRET}` }).backendDoor).toMatchObject({
    host: '127.0.0.1',
    port: 4002,
    url: undefined,
  });
});

test('clients come from the variable or from a file; a secret may hold colons', () => {
  expect(clientsOf({ BACKEND_CLIENTS: `shop:${SECRET}, desk:${SECRET}:1` })).toEqual([
    `shop:${SECRET}`,
    `desk:${SECRET}:1`,
  ]);
  const file = JSON.stringify([{ id: 'shop', secret: SECRET }]);
  expect(clientsOf({ BACKEND_CLIENTS_FILE: '/clients.json' }, file)).toEqual([`shop:${SECRET}`]);
});

test.each([
  ['no clients', door, 'BACKEND_CLIENTS or BACKEND_CLIENTS_FILE is needed with BACKEND_PORT'],
  ['a secret of 31 characters', { BACKEND_CLIENTS: `shop:${SECRET.slice(0, 31)}` }, 'entry 1: the secret must be 32'],
  ['a secret with a space', { BACKEND_CLIENTS: `shop:${SECRET} x` }, 'entry 1: the secret must be 32'],
  ['no id', { BACKEND_CLIENTS: `:${SECRET}` }, 'entry 1: the id must be'],
  ['an id that could break a line', { BACKEND_CLIENTS: `sh op:${SECRET}` }, 'entry 1: the id must be'],
  ['an id twice', { BACKEND_CLIENTS: `shop:${SECRET},shop:${SECRET}2` }, 'entry 2: the id is there twice'],
  ['a file that is not JSON', { BACKEND_CLIENTS_FILE: '/x' }, 'BACKEND_CLIENTS_FILE must name a readable JSON file'],
  ['both', { BACKEND_CLIENTS: `shop:${SECRET}`, BACKEND_CLIENTS_FILE: '/x' }, 'exclude each other'],
  ['the public port', { BACKEND_PORT: '4000', BACKEND_CLIENTS: `shop:${SECRET}` }, 'BACKEND_PORT must not be PORT'],
  ['a BACKEND_URL with a path', { BACKEND_URL: 'https://a.example/b' }, 'BACKEND_URL must be'],
])('%s is refused, and no secret is shown', (_, env, problem) => {
  const found = problems(env);
  expect(found).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
  expect(found.join()).not.toContain(SECRET.slice(0, 31));
});

test('the secrets do not show in a configuration that is printed', () => {
  expect(inspect(loadConfig({ ...door, BACKEND_CLIENTS: `shop:${SECRET}` }), { depth: 9 })).not.toContain(SECRET);
});

test.each([
  'https://a.example/?x=1',
  'https://a.example/#x',
  'https://u:p@a.example',
  'https://a.example/:x',
  'ftp://a.example',
])('PROOF_ISSUER must not be %s', (issuer) => {
  expect(problems({ PROOF_ISSUER: issuer })).toEqual([expect.stringMatching(/^PROOF_ISSUER must be/)]);
});

test.each(['https://a.example', 'https://a.example/', 'https://a.example/phone/v1'])(
  'PROOF_ISSUER may be %s, and stays as it is written',
  (issuer) => {
    expect(loadConfig({ PROOF_ISSUER: issuer }).proofIssuer).toBe(issuer);
  },
);
