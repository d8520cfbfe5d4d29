import { type FaultName, NAMED_FAULTS } from '../../src/simulator/named-faults.js';
import { NAMED_NUMBERS } from '../../src/simulator/named-numbers.js';
import type { GatewayClient } from '../harness/gateway-client.js';
import { parsedLines } from '../harness/log-lines.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

let running: RunningGateway;
let alice: GatewayClient;
beforeAll(async () => {
  running = await runGateway({ WEIXIN_TIMEOUT_MS: '1000', SESSION_IDLE_SECONDS: '1000000' });
  alice = await running.loggedIn('alice');
});
beforeEach(async () => {
  await post('/mend', {});
  // The quota that a test before has spent is over by then.
  running.clock.advanceSeconds(3_600);
  // There is a token, which a fault may find rejected.
  await exchange();
});
afterAll(() => running.gateway.stop());

async function post(path: string, body: object): Promise<Record<string, string>> {
  const response = await fetch(`${running.gateway.simulator?.url ?? ''}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, string>;
}

async function listed(): Promise<{ faults: { name: string }[]; numbers: { name: string }[] }> {
  const response = await fetch(`${running.gateway.simulator?.url ?? ''}/faults`);
  return (await response.json()) as { faults: { name: string }[]; numbers: { name: string }[] };
}

const login = async () => running.client().login({ code: (await post('/phone/login', {}))['code'] ?? '' });
const exchange = async () => alice.exchangePhoneCode((await post('/phone/tap', {}))['code'] ?? '');
const resolve = async () => alice.resolveCloudPhone((await post('/phone/tap', {}))['cloudID'] ?? '');

const TAP_AGAIN = { code: 'CODE_INVALID', remedy: 'TAP_AGAIN' };
const NUMBER = { __typename: 'PhoneNumber' };
const answered: Partial<Record<FaultName, [ask: () => Promise<object>, answer: object]>> = {
  'cloud-id-invalid': [resolve, TAP_AGAIN],
  'cloud-id-expired': [resolve, TAP_AGAIN],
  'cloud-id-of-another-user': [resolve, TAP_AGAIN],
  'no-phone-bound': [resolve, TAP_AGAIN],
  'phone-quota-spent': [exchange, { code: 'RATE_LIMITED', retryAfterSeconds: 3600 }],
  'token-quota-spent': [exchange, { code: 'RATE_LIMITED', retryAfterSeconds: 3600 }],
  'token-rejected': [exchange, NUMBER],
  'login-quota-spent': [login, { code: 'RATE_LIMITED', retryAfterSeconds: 60 }],
  busy: [login, { __typename: 'LoginSuccess' }],
  firewall: [login, { code: 'SERVICE_UNAVAILABLE' }],
  silence: [login, { code: 'SERVICE_UNAVAILABLE' }],
};
const operators: Partial<Record<FaultName, [ask: () => Promise<object>, errcode: number]>> = {
  'no-permission': [exchange, 48001],
  'path-not-allowed': [exchange, 85107],
  'address-not-confirmed': [exchange, 89503],
  'address-not-on-the-list': [login, 40164],
  'secret-wrong': [login, 40125],
  'account-limited': [login, 50002],
};

async function expectWell(ask: () => Promise<object>): Promise<void> {
  running.clock.advanceSeconds(3_600);
  expect(await ask()).toMatchObject({ __typename: expect.stringMatching(/^(PhoneNumber|LoginSuccess)$/) as string });
}

test.each(Object.entries(answered))('%s is played, and then everything works again', async (name, [ask, answer]) => {
  expect(await post('/faults', { name })).toEqual({ scripted: 1 });
  expect(await ask()).toMatchObject(answer);
  await expectWell(ask);
});

test.each(Object.entries(operators))(
  '%s is played: the operator sees it, and then everything works again',
  async (name, [ask, errcode]) => {
    const before = running.logLines.length;
    expect(await post('/faults', { name })).toEqual({ scripted: 1 });
    await expect(ask()).rejects.toThrow('INTERNAL_SERVER_ERROR');
    expect(parsedLines(running.logLines.slice(before))).toContainEqual(expect.objectContaining({ level: 50, errcode }));
    await expectWell(ask);
  },
);

test('every fault that has a name is played here', () => {
  expect([...Object.keys(answered), ...Object.keys(operators)].toSorted()).toEqual(
    Object.keys(NAMED_FAULTS).toSorted(),
  );
});

test('a fault is played so many times, and mending drops what is left of it', async () => {
  expect(await post('/faults', { name: 'cloud-id-expired', times: 3 })).toEqual({ scripted: 3 });
  expect(await resolve()).toMatchObject(TAP_AGAIN);
  expect(await resolve()).toMatchObject(TAP_AGAIN);
  expect(await post('/mend', {})).toEqual({ mended: true });
  expect(await resolve()).toMatchObject(NUMBER);
});

test.each(Object.keys(NAMED_NUMBERS))('the number %s is tapped, and refused only if no plan has it', async (number) => {
  const tapped = await post('/phone/tap', { number });
  const answer = await alice.exchangePhoneCode(tapped['code'] ?? '');
  expect(answer).toMatchObject(number === 'mainland-china-under-852' ? TAP_AGAIN : NUMBER);
});

test('the names are listed for the page', async () => {
  const { faults, numbers } = await listed();
  expect(faults.map(({ name }) => name)).toEqual(Object.keys(NAMED_FAULTS));
  expect(numbers.map(({ name }) => name)).toEqual(Object.keys(NAMED_NUMBERS));
  expect(faults[0]).toEqual({
    name: 'cloud-id-invalid',
    endpoint: '/wxa/getopendata',
    shows: expect.any(String) as string,
  });
});
