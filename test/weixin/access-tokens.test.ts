import { fail, type Result, succeed } from '../../src/domain/result.js';
import { Secret } from '../../src/domain/secret.js';
import type { HeldToken } from '../../src/domain/access-token.js';
import { AccessTokens } from '../../src/weixin/access-tokens.js';
import type { TokenResult } from '../../src/weixin/credentials.js';
import type { IssuedToken } from '../../src/weixin/endpoints/stable-token.js';
import type { QuotaFailure } from '../../src/weixin/weixin-api.js';
import { ManualClock } from '../harness/manual-clock.js';
import { app, otherApp } from '../harness/weixin-client.js';

const DAILY: QuotaFailure = { code: 'RATE_LIMITED', retryAfterSeconds: 3600 };

let clock: ManualClock;
/** What was asked of Weixin, in order. */
let asked: ('plain' | 'forced')[];
/** What Weixin hands out. */
let current: string;
let answer: (force: boolean) => Result<IssuedToken, QuotaFailure>;
let sharedToken: HeldToken | undefined;
let tokens: AccessTokens;

const issued = (token: string) => succeed({ token: new Secret(token), lifeSeconds: 7200 });
beforeEach(() => {
  clock = new ManualClock();
  asked = [];
  current = 't1';
  sharedToken = undefined;
  let forced = 0;
  answer = (force) => {
    if (force) current = `forced-${(forced += 1)}`;
    return issued(current);
  };
  tokens = new AccessTokens({
    clock,
    parameter: 'access_token',
    source: {
      name: 'a source',
      canForce: true,
      fetch: async (_app, force) => {
        asked.push(force ? 'forced' : 'plain');
        return answer(force);
      },
    },
    onRenewalFailed: () => undefined,
    shared: { find: async () => sharedToken, share: async () => undefined },
  });
});

const textOf = (result: TokenResult | undefined) => (result?.ok === true ? result.value.reveal() : result);
const get = async () => textOf(await tokens.get(app));
const replace = async (rejected: string) => textOf(await tokens.replace(app, new Secret(rejected)));

describe('a rejected token', () => {
  test('is replaced without force if Weixin has another one', async () => {
    await get();
    current = 't2';
    expect(await replace('t1')).toBe('t2');
    expect(asked).toEqual(['plain', 'plain']);
  });

  test('that Weixin hands out again is replaced by force, once for all who wait for it', async () => {
    await get();
    const replaced = await Promise.all(Array.from({ length: 30 }, () => replace('t1')));
    expect(new Set(replaced)).toEqual(new Set(['forced-1']));
    expect(asked).toEqual(['plain', 'plain', 'forced']);
    expect(await get()).toBe('forced-1');
    expect(await replace('t1')).toBe('forced-1');
    expect(asked).toHaveLength(3);
  });

  test('is not replaced by force twice within half a minute, and Weixin is not even asked', async () => {
    await get();
    await replace('t1');
    expect(await replace('forced-1')).toBeUndefined();
    const before = asked.length;
    for (let i = 0; i < 30; i += 1) expect(await replace('forced-1')).toBeUndefined();
    expect(asked).toHaveLength(before);
    clock.advanceSeconds(30);
    expect(await replace('forced-1')).toBe('forced-2');
  });

  test('is replaced by force at most twenty times a day', async () => {
    await get();
    for (let i = 0; i < 100; i += 1) {
      await replace(current);
      clock.advanceSeconds(60);
    }
    expect(asked.filter((how) => how === 'forced')).toHaveLength(20);
    clock.advanceSeconds(86_400);
    await get();
    expect(await replace(current)).toBe('forced-21');
  });

  test('of one app costs another app nothing', async () => {
    await get();
    await replace('t1');
    await tokens.get(otherApp);
    expect(textOf(await tokens.replace(otherApp, new Secret(current)))).toBe('forced-2');
  });

  test('has no other if a forced one is the same, or forcing has its quota spent; that stops nobody from asking', async () => {
    await get();
    answer = () => issued('t1');
    expect(await replace('t1')).toBeUndefined();
    clock.advanceSeconds(30);
    answer = (force) => (force ? fail(DAILY) : issued('t1'));
    expect(await replace('t1')).toBeUndefined();
    answer = () => issued('t2');
    clock.advanceSeconds(30);
    expect(await replace('t1')).toBe('t2');
  });

  test('is replaced by the one that another instance has shared', async () => {
    await get();
    sharedToken = { token: new Secret('of-another'), endsAt: clock.now() + 7_200_000 };
    expect(await replace('t1')).toBe('of-another');
    expect(asked).toEqual(['plain']);
  });
});

test('a token of a short life is renewed in its second half, and not with every request before', async () => {
  answer = () => succeed({ token: new Secret('short'), lifeSeconds: 120 });
  await get();
  for (let i = 0; i < 3; i += 1) {
    clock.advanceSeconds(15);
    await get();
  }
  expect(asked).toHaveLength(1);
  clock.advanceSeconds(15);
  await get();
  expect(asked).toHaveLength(2);
});

describe('a quota of tokens', () => {
  test('is told to all who need one, with what is left of it, and Weixin is not asked before it ends', async () => {
    answer = () => fail(DAILY);
    expect(await get()).toEqual(fail(DAILY));
    clock.advanceSeconds(1_000);
    expect(await get()).toEqual(fail({ code: 'RATE_LIMITED', retryAfterSeconds: 2_600 }));
    expect(asked).toHaveLength(1);
    answer = () => issued('t1');
    clock.advanceSeconds(2_600);
    expect(await get()).toBe('t1');
  });

  test('does not keep a held token from working, nor one that another instance has shared', async () => {
    await get();
    clock.advanceSeconds(7200 - 200);
    answer = () => fail(DAILY);
    expect(await get()).toBe('t1');
    clock.advanceSeconds(195);
    expect(await get()).toMatchObject({ ok: false });
    sharedToken = { token: new Secret('of-another'), endsAt: clock.now() + 7_200_000 };
    expect(await get()).toBe('of-another');
    expect(asked).toEqual(['plain', 'plain']);
  });

  test('of one app is none of another', async () => {
    answer = () => fail(DAILY);
    await get();
    answer = () => issued('t1');
    expect(textOf(await tokens.get(otherApp))).toBe('t1');
  });
});
