import { newToken } from '../../src/crypto/token.js';
import type { AppId } from '../../src/domain/app.js';
import { Deadline } from '../../src/domain/deadline.js';
import type { Failure } from '../../src/domain/failure.js';
import { fail, succeed } from '../../src/domain/result.js';
import { redeemOnce, type SingleUseCode } from '../../src/sessions/single-use-code.js';
import { MemoryOnce } from '../../src/stores/memory/memory-once.js';
import type { Once } from '../../src/stores/once.js';
import { StoreUnavailable } from '../../src/stores/store-unavailable.js';
import { WeixinRefusesUs } from '../../src/weixin/weixin-api.js';
import { ManualClock } from '../harness/manual-clock.js';

const USED = { ok: false, failure: { code: 'CODE_ALREADY_USED', origin: 'WX_LOGIN' } };
const answer = newToken();
const inTime = () => new Deadline(60_000);

/** A code whose redemption gives `answer`, and which counts its redemptions. */
function singleUse(other: Partial<SingleUseCode<string, Failure>> = {}) {
  const counted = {
    redemptions: 0,
    origin: 'WX_LOGIN',
    appId: 'wx4f4bc4dec97d474b' as AppId,
    code: 'code-1',
    boundTo: 'nonce-1',
    isBoundByWeixin: false,
    replay: 60_000,
    redeem: async () => {
      counted.redemptions += 1;
      return succeed(answer);
    },
    write: (value: string) => value,
    read: async (text: string) => text,
    ...other,
  } satisfies SingleUseCode<string, Failure> & { redemptions: number };
  return counted;
}

/** Remembers what it is told to keep, as somebody with a dump of the store would see it. */
function spiedOnce(): { once: Once; kept: string[] } {
  const kept: string[] = [];
  const store = new MemoryOnce({ clock: new ManualClock(), max: 100 });
  const once: Once = {
    async claim(id) {
      kept.push(id);
      const claim = await store.claim(id);
      if (claim.state !== 'mine') return claim;
      return { ...claim, keep: (text, ...times) => (kept.push(text), claim.keep(text, ...times)) };
    },
  };
  return { once, kept };
}

test('what a store keeps for a repeated code shows neither the answer, nor the code, nor what it is bound to', async () => {
  const { once, kept } = spiedOnce();
  await redeemOnce(once, inTime(), singleUse());
  expect(kept).toHaveLength(2);
  for (const secret of [answer, 'code-1', 'nonce-1']) expect(kept.join()).not.toContain(secret);
});

test.each([
  { what: 'the same binding', other: {}, again: { ok: true, value: answer } },
  { what: 'another binding', other: { boundTo: 'nonce-2' }, again: USED },
  { what: 'no binding', other: { boundTo: null }, again: USED },
])('a repetition with $what is answered without redeeming again', async ({ other, again }) => {
  const once = new MemoryOnce({ clock: new ManualClock(), max: 100 });
  const first = singleUse();
  const second = singleUse(other);
  await redeemOnce(once, inTime(), first);
  expect(await redeemOnce(once, inTime(), second)).toEqual(again);
  expect([first.redemptions, second.redemptions]).toEqual([1, 0]);
});

test.each([
  { what: 'another app', other: { appId: 'wx0000000000000000' as AppId } },
  { what: 'another origin', other: { origin: 'TAP' as const } },
  { what: 'another code', other: { code: 'code-2' } },
])('the same text of $what is another code', async ({ other }) => {
  const once = new MemoryOnce({ clock: new ManualClock(), max: 100 });
  const second = singleUse(other);
  await redeemOnce(once, inTime(), singleUse());
  await redeemOnce(once, inTime(), second);
  expect(second.redemptions).toBe(1);
});

test('an answer that is no longer to be given makes the code a used one', async () => {
  const once = new MemoryOnce({ clock: new ManualClock(), max: 100 });
  await redeemOnce(once, inTime(), singleUse());
  expect(await redeemOnce(once, inTime(), singleUse({ read: async () => undefined }))).toEqual(USED);
});

test.each([
  { spent: 'no' as const, redeemedAgain: true },
  { spent: 'unknown' as const, redeemedAgain: false },
  { spent: 'yes' as const, redeemedAgain: false },
])('after a failure that may have spent the code ($spent), it is redeemed again: $redeemedAgain', async (row) => {
  const once = new MemoryOnce({ clock: new ManualClock(), max: 100 });
  const failure: Failure = { code: 'USER_BLOCKED' };
  const refused = singleUse({ redeem: async () => fail({ failure, codeSpent: row.spent }) });
  expect(await redeemOnce(once, inTime(), refused)).toEqual({ ok: false, failure });
  const again = singleUse();
  await redeemOnce(once, inTime(), again);
  expect(again.redemptions).toBe(row.redeemedAgain ? 1 : 0);
});

test.each([
  { what: 'a bug', error: new TypeError('bug'), redeemedAgain: false },
  { what: 'our own misconfiguration', error: new WeixinRefusesUs('/path', 'wx', 40125), redeemedAgain: true },
])('$what is thrown on, and the code is redeemed again: $redeemedAgain', async ({ error, redeemedAgain }) => {
  const once = new MemoryOnce({ clock: new ManualClock(), max: 100 });
  await expect(redeemOnce(once, inTime(), singleUse({ redeem: () => Promise.reject(error) }))).rejects.toBe(error);
  const again = singleUse();
  await redeemOnce(once, inTime(), again);
  expect(again.redemptions).toBe(redeemedAgain ? 1 : 0);
});

test('an answer that a store kept before it was lost stays, as a copy may have been told it', async () => {
  const store = new MemoryOnce({ clock: new ManualClock(), max: 100 });
  const lost = new StoreUnavailable('lost on the way back');
  const once: Once = {
    async claim(id) {
      const claim = await store.claim(id);
      if (claim.state !== 'mine') return claim;
      return { ...claim, keep: (...kept) => claim.keep(...kept).then(() => Promise.reject(lost)) };
    },
  };
  const first = redeemOnce(once, inTime(), singleUse());
  const copy = redeemOnce(once, inTime(), singleUse());
  await expect(first).rejects.toBe(lost);
  expect(await copy).toEqual({ ok: true, value: answer });
  expect(await redeemOnce(once, inTime(), singleUse())).toEqual({ ok: true, value: answer });
});

test('copies that wait while Weixin refuses this gateway learn just that, and nothing of the code', async () => {
  const once = new MemoryOnce({ clock: new ManualClock(), max: 100 });
  const error = new WeixinRefusesUs('/path', 'wx', 40125);
  const refused = redeemOnce(once, inTime(), singleUse({ redeem: () => Promise.reject(error) }));
  const copy = redeemOnce(once, inTime(), singleUse());
  await expect(refused).rejects.toBe(error);
  await expect(copy).rejects.toMatchObject({ name: 'WeixinRefusesUs', endpoint: '/path', errcode: 40125 });
});

test('a refusal of somebody else, who brought a bound code at the same time, is not the refusal of its owner', async () => {
  const once = new MemoryOnce({ clock: new ManualClock(), max: 100 });
  const failure: Failure = { code: 'CODE_INVALID', origin: 'TAP' };
  const bound = { origin: 'TAP' as const, isBoundByWeixin: true };
  const refuse = async () => fail({ failure, codeSpent: 'no' as const });
  const stolen = redeemOnce(once, inTime(), singleUse({ ...bound, boundTo: 'mallory', redeem: refuse }));
  const owner = redeemOnce(once, inTime(), singleUse({ ...bound, boundTo: 'alice' }));
  const again = redeemOnce(once, inTime(), singleUse({ ...bound, boundTo: 'mallory', redeem: refuse }));
  expect(await stolen).toEqual({ ok: false, failure });
  expect(await owner).toEqual({ ok: true, value: answer });
  expect(await again).toEqual({ ok: false, failure });
});
