import type { AppId } from '../../src/domain/app.js';
import { Secret } from '../../src/domain/secret.js';
import { refusal, refusalOfLiteral } from '../harness/refusal.js';
import { type RunningGateway, runGateway, runGatewayOfApps } from '../harness/running-gateway.js';

let running: RunningGateway;

beforeAll(async () => {
  running = await runGateway();
});
afterAll(() => running.gateway.stop());

const bytes = (length: number) => Buffer.alloc(length, 0xfb).toString('base64');
const inputs = { login: { code: 'a-code' }, decryptPhone: { encryptedData: bytes(112), iv: bytes(16) } };
/** Values that are valid nowhere, each with the trace that it would leave in an answer. */
const wrongTypes = [
  ['a number', 8675309.25, '8675309'],
  ['a truth value', true, 'true'],
  ['an object', { hidden: 'in-an-object' }, 'hidden'],
  ['a list', ['in-a-list'], 'in-a-list'],
] as const;
const mistyped = (
  [
    ['login', 'code'],
    ['login', 'appId'],
    ['login', 'nonce'],
    ['decryptPhone', 'encryptedData'],
    ['decryptPhone', 'iv'],
  ] as const
).flatMap(([operation, field]) =>
  wrongTypes.map(([kind, value, trace]) => [operation, field, kind, value, trace] as const),
);

test.each(mistyped)('%s: %s is %s', async (operation, field, _kind, value, trace) => {
  const { error, text } = await refusal(running, operation, { ...inputs[operation], [field]: value });
  expect(error.extensions?.code).toBe('BAD_USER_INPUT');
  expect(error.message).toMatch(new RegExp(`^Variable "\\$input" is not valid at input.${field}: (String|ID|Base64) `));
  expect(text).not.toContain(trace);
});

test.each(mistyped)('%s: %s is %s, as a literal', async (operation, field, _kind, value, trace) => {
  const { error, text } = await refusalOfLiteral(running, operation, { ...inputs[operation], [field]: value });
  expect(error.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
  expect(error.message).toMatch(/^(String|ID|Base64) /);
  expect(text).not.toContain(trace);
});

test.each([
  ['login', 'code', 'String!'],
  ['decryptPhone', 'encryptedData', 'Base64!'],
  ['decryptPhone', 'iv', 'Base64!'],
] as const)('%s needs %s: null and a missing value are rejected', async (operation, field, type) => {
  const rest: object = Object.fromEntries(Object.entries(inputs[operation]).filter(([name]) => name !== field));
  const asNull = await refusal(running, operation, { ...rest, [field]: null });
  expect(asNull.error.message).toBe(
    `Variable "$input" is not valid at input.${field}: Expected non-nullable type "${type}" not to be null.`,
  );
  const missing = await refusal(running, operation, rest);
  expect(missing.error.message).toBe(
    `Variable "$input" is not valid: Field "${field}" of required type "${type}" was not provided.`,
  );
  expect([asNull, missing].map(({ error }) => error.extensions?.code)).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT']);
  expect((await refusalOfLiteral(running, operation, { ...rest, [field]: null })).error.message).toContain(type);
  expect((await refusalOfLiteral(running, operation, rest)).error.message).toContain(
    `.${field}" of required type "${type}"`,
  );
});

test.each([
  ['empty', ''],
  ['with a space', 'a nonce'],
  ['with a tab', 'a\tnonce'],
  ['with a letter beyond ASCII', 'nonc\u00e9-x'],
  ['of 129 characters', 'n'.repeat(129)],
])('a nonce %s is rejected', async (_defect, nonce) => {
  const input = { code: 'a-code', nonce };
  for (const { error, text } of [
    await refusal(running, 'login', input),
    await refusalOfLiteral(running, 'login', input),
  ]) {
    expect(error).toMatchObject({
      message: 'input.nonce must be 1 to 128 printable ASCII characters without spaces.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(nonce !== '' && text.includes(JSON.stringify(nonce).slice(1, -1))).toBe(false);
  }
});

describe('the appId of a login', () => {
  const unknown = 'input.appId is not one of the Mini Programs that this gateway serves.';
  const needed = 'input.appId is needed: this gateway serves several Mini Programs.';
  const app = (appId: string) => ({
    appId: appId as AppId,
    secret: new Secret(`secret of ${appId}`.replaceAll(' ', '-')),
  });
  const first = app('wx1111111111111111');
  const second = app('wx2222222222222222');
  let several: RunningGateway;

  beforeAll(async () => {
    several = await runGatewayOfApps([first, second]);
  });
  afterAll(() => several.gateway.stop());

  test.each(['wxffffffffffffffff', '', 'WXDE00000000000000', '__proto__', 90210])('%p is not served', async (appId) => {
    const { error, text } = await refusal(running, 'login', { code: 'a-code', appId });
    expect(error).toMatchObject({ message: unknown, extensions: { code: 'BAD_USER_INPUT' } });
    expect(appId !== '' && text.includes(String(appId))).toBe(false);
  });

  test.each([{}, { appId: null }])('one must be named if there are several: %j', async (appId) => {
    const { error } = await refusal(several, 'login', { code: 'a-code', ...appId });
    expect(error).toMatchObject({ message: needed, extensions: { code: 'BAD_USER_INPUT' } });
  });

  test.each([first, second])('a login to $appId works by its appId', async ({ appId }) => {
    const code = several.simulator.world.login(appId, 'alice');
    const login = await several.client().login({ code, appId });
    expect(login).toMatchObject({ __typename: 'LoginSuccess', session: { appId } });
  });
});
