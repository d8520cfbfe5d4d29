import { randomBytes } from 'node:crypto';
import type { GatewayClient } from '../harness/gateway-client.js';
import {
  type GatewayWithLastingKeys,
  KEY_PERIOD_SECONDS,
  runGatewayWithLastingKeys,
} from '../harness/gateway-with-lasting-keys.js';

const LIMIT = 5;
const WINDOW_SECONDS = 3600;

let running: GatewayWithLastingKeys;
let mallory: GatewayClient;

beforeEach(async () => {
  running = await runGatewayWithLastingKeys({
    DECRYPT_FAILURE_LIMIT: String(LIMIT),
    DECRYPT_FAILURE_WINDOW_SECONDS: String(WINDOW_SECONDS),
  });
  mallory = await running.loggedIn('mallory');
});
afterEach(() => running.stop());

const forgery = () => ({
  encryptedData: randomBytes(144).toString('base64'),
  iv: randomBytes(16).toString('base64'),
});
const tap = (user = 'mallory') => running.simulator.world.tap(running.app.appId, user);

async function forge(client = mallory): Promise<string> {
  return codeOf(await client.decryptPhone(forgery()));
}

async function open(client = mallory, document = tap()): Promise<string> {
  return codeOf(await client.decryptPhone(document));
}

function codeOf(answer: Awaited<ReturnType<GatewayClient['decryptPhone']>>): string {
  return answer.__typename === 'PhoneNumber' ? answer.__typename : answer.code;
}

async function forgeTimes(times: number, client = mallory): Promise<string[]> {
  const answers: string[] = [];
  for (let i = 0; i < times; i += 1) answers.push(await forge(client));
  return answers;
}

const mismatches = (times: number) => Array.from({ length: times }, () => 'KEY_MISMATCH');

test('after as many failures as the limit, neither a forgery nor a genuine document is tried', async () => {
  expect(await forgeTimes(LIMIT + 2)).toEqual([...mismatches(LIMIT), 'RATE_LIMITED', 'RATE_LIMITED']);
  expect(await open()).toBe('RATE_LIMITED');
});

test('the answer has the time until the window ends', async () => {
  await forgeTimes(LIMIT);
  running.clock.advanceSeconds(1000);
  expect(await mallory.decryptPhone(forgery())).toMatchObject({
    __typename: 'RateLimitedError',
    remedy: 'RETRY_LATER',
    retryAfterSeconds: WINDOW_SECONDS - 1000,
  });
});

test.each<[string, () => Promise<GatewayClient>]>([
  ['a new login', () => running.loggedIn('mallory')],
  [
    'a logout and a new login',
    async () => {
      await mallory.logout();
      return running.loggedIn('mallory');
    },
  ],
  [
    'a logout everywhere and a new login',
    async () => {
      await mallory.logout({ everywhere: true });
      return running.loggedIn('mallory');
    },
  ],
])('%s does not refill the budget if Weixin keeps the session key', async (_name, another) => {
  await forgeTimes(LIMIT);
  const before = running.simulator.world.sessionKey(running.app.appId, 'mallory');
  running.clock.advanceSeconds(1);
  const client = await another();
  expect(running.simulator.world.sessionKey(running.app.appId, 'mallory')).toBe(before);
  expect([await forge(client), await open(client)]).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
});

test('a login with a new session key has a full budget, and the spent key opens nothing', async () => {
  const old = tap();
  await forgeTimes(LIMIT);
  const before = running.simulator.world.sessionKey(running.app.appId, 'mallory');
  running.clock.advanceSeconds(KEY_PERIOD_SECONDS);
  const client = await running.loggedIn('mallory');
  expect(running.simulator.world.sessionKey(running.app.appId, 'mallory')).not.toBe(before);
  const answers = [await open(client, old), await open(client), ...(await forgeTimes(LIMIT, client))];
  expect(answers).toEqual(['KEY_MISMATCH', 'PhoneNumber', ...mismatches(LIMIT - 1), 'RATE_LIMITED']);
});

test('a spent key that has left the ring opens nothing, and blocks nothing', async () => {
  const old = tap();
  await forgeTimes(LIMIT);
  let client = mallory;
  for (let i = 0; i < 3; i += 1) {
    running.clock.advanceSeconds(KEY_PERIOD_SECONDS);
    client = await running.loggedIn('mallory');
  }
  expect(await open(client)).toBe('PhoneNumber');
  expect(await open(client, old)).toBe('KEY_MISMATCH');
});

test('a failure is charged to every key of the ring that was tried', async () => {
  running.clock.advanceSeconds(KEY_PERIOD_SECONDS);
  await running.loggedIn('mallory');
  await forgeTimes(LIMIT);
  // Both keys were spent by the same failures: it takes a third one for a document to be tried again.
  expect(await open()).toBe('RATE_LIMITED');
  running.clock.advanceSeconds(KEY_PERIOD_SECONDS);
  await running.loggedIn('mallory');
  expect(await open()).toBe('PhoneNumber');
});

test('two sessions of one user share the budget; another user has their own', async () => {
  const second = await running.loggedIn('mallory');
  const alice = await running.loggedIn('alice');
  await forgeTimes(LIMIT - 1);
  expect([await forge(second), await forge(second), await forge()]).toEqual([
    'KEY_MISMATCH',
    'RATE_LIMITED',
    'RATE_LIMITED',
  ]);
  expect(await open(alice, tap('alice'))).toBe('PhoneNumber');
});

test('of 200 concurrent forgeries over two tokens, only as many are tried as the limit allows', async () => {
  const second = await running.loggedIn('mallory');
  const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => forge(i % 2 === 0 ? mallory : second)));
  expect(answers.filter((code) => code === 'KEY_MISMATCH')).toHaveLength(LIMIT);
  expect(answers.filter((code) => code === 'RATE_LIMITED')).toHaveLength(200 - LIMIT);
});

test('the budget is full again once the window has passed', async () => {
  await forgeTimes(LIMIT);
  running.clock.advance(WINDOW_SECONDS * 1000 - 1);
  expect(await open()).toBe('RATE_LIMITED');
  running.clock.advance(1);
  expect(await open()).toBe('PhoneNumber');
  expect(await forgeTimes(LIMIT + 1)).toEqual([...mismatches(LIMIT), 'RATE_LIMITED']);
});

test('documents that open neither use nor refill the budget', async () => {
  await forgeTimes(LIMIT - 1);
  for (let i = 0; i < 3 * LIMIT; i += 1) expect(await open()).toBe('PhoneNumber');
  expect(await forgeTimes(2)).toEqual(['KEY_MISMATCH', 'RATE_LIMITED']);
});

test.each([
  ['too old', -3600, 'TOO_OLD'],
  ['from the future', 3600, 'IN_THE_FUTURE'],
])('a genuine document that is %s does not use the budget: it opened', async (_name, seconds, code) => {
  const timestamp = Math.floor(running.clock.now() / 1000) + seconds;
  const document = running.simulator.world.tap(running.app.appId, 'mallory', { watermark: { timestamp } });
  for (let i = 0; i < 2 * LIMIT; i += 1) expect(await open(mallory, document)).toBe(code);
});
