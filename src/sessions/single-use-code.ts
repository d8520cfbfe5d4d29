import { type Fingerprint, fingerprint } from '../crypto/fingerprint.js';
import { deriveSealingKey, seal, type SealingKey, unseal } from '../crypto/sealing.js';
import type { AppId } from '../domain/app.js';
import type { Milliseconds } from '../domain/clock.js';
import { type Deadline, TOO_LATE } from '../domain/deadline.js';
import { type CodeOrigin, type Failure, type FailureOf, unavailable } from '../domain/failure.js';
import { fail, type Result, succeed } from '../domain/result.js';
import type { Claim, Once, Settlement } from '../stores/once.js';
import { type CodeSpent, OperatorError, TokensUnusable, WeixinRefusesUs } from '../weixin/weixin-api.js';

/** How long a code is remembered as used: a code lives five minutes at Weixin. */
export const USED_FOR: Milliseconds = 300_000;

/** What Weixin may hand out as a code: printable and short; anything else is refused without asking. */
const CODE = /^[\x21-\x7e]{1,256}$/;

/** A code that Weixin takes once, and what this gateway does with it. */
export interface SingleUseCode<T, F extends Failure> {
  readonly origin: CodeOrigin;
  readonly appId: AppId;
  readonly code: string;
  /** What a repetition must bring along, beside the code, to get the same answer. */
  readonly boundTo: string | null;
  /** Whether Weixin may refuse the code for the sake of who brings it, and take it from another one. */
  readonly isBoundByWeixin: boolean;
  /** How long a repetition gets the same answer; 0: never. */
  readonly replay: Milliseconds;
  /** What may be asked for along with the claim of the code, before it is known whether the code has to go to Weixin. */
  readonly inAdvance?: { ask(): unknown; takeBack(): void };
  /**
   * Takes the code to Weixin.
   *
   * @param id under which the answer is kept
   */
  redeem(id: Fingerprint): Promise<Result<T, { readonly failure: F; readonly codeSpent: CodeSpent }>>;
  /** The answer as text, to be kept under seal. */
  write(value: T): string;
  /** The answer that was written so; undefined where it is no longer to be given. */
  read(text: string): Promise<T | undefined>;
}

type CodeFailure = FailureOf<'CODE_INVALID' | 'CODE_ALREADY_USED'>;

/**
 * The answer to a code, as a store keeps it for repetitions: a value under seal; a failure in the open, with the fingerprint
 * of what it was bound to; or a fault of the operator's side, which says nothing of the code.
 */
type Kept =
  | { readonly sealed: string }
  | { readonly failure: Failure; readonly of: Fingerprint }
  | { readonly refusesUs: { readonly endpoint: string; readonly appId: string; readonly errcode: number } }
  | { readonly noToken: { readonly source: string; readonly appId: string; readonly reason: string } };

/** How often a code is claimed again because the refusal of the first sender was about that sender. */
const MAX_CLAIMS = 5;

/**
 * Redeems a code once, for all senders and repetitions: copies at the same time share the answer, a repetition gets it
 * again for a while, and then the code is remembered as used.
 *
 * A kept answer is sealed under a key made of the code itself and of what it is bound to. The store holds neither, so it
 * cannot open it; and for a sender who brings something else along, the code was used.
 *
 * @param deadline of waiting for those who brought the code before
 */
export async function redeemOnce<T, F extends Failure>(
  once: Once,
  deadline: Deadline,
  use: SingleUseCode<T, F>,
): Promise<Result<T, F | CodeFailure | typeof unavailable>> {
  if (!CODE.test(use.code)) return fail({ code: 'CODE_INVALID', origin: use.origin });
  const id = fingerprint('single-use-code', use.origin, use.appId, use.code);
  const used = fail({ code: 'CODE_ALREADY_USED', origin: use.origin });
  for (let claims = 1; ; claims += 1) {
    const claiming = once.claim(id, () => use.inAdvance?.ask());
    const claim = await deadline.wait(claiming);
    if (claim === TOO_LATE) {
      giveBack(use, claiming);
      return fail(unavailable);
    }
    if (claim.state === 'mine') return redeem(use, id, claim);
    use.inAdvance?.takeBack();
    if (claim.state === 'used') return used;

    const kept = JSON.parse(claim.answer) as Kept;
    // A refusal of somebody else, who brought the same code at the same time, is not ours: the code may still be good.
    const isOfAnother = 'failure' in kept && use.isBoundByWeixin && kept.of !== bindingOf(use);
    if (!isOfAnother || claims === MAX_CLAIMS) return answer(use, kept);
  }
}

/** Frees a code that became ours when nobody waited for it any more: nothing was done with it. */
function giveBack(use: SingleUseCode<unknown, Failure>, claiming: Promise<Claim>): void {
  use.inAdvance?.takeBack();
  claiming
    .then((claim) => (claim.state === 'mine' ? claim.release(keptFailure(use, unavailable)) : undefined))
    // Where the store is lost, the claim runs out by itself.
    .catch(() => undefined);
}

async function answer<T, F extends Failure>(use: SingleUseCode<T, F>, kept: Kept): Promise<Result<T, F | CodeFailure>> {
  if ('refusesUs' in kept) {
    const { endpoint, appId, errcode } = kept.refusesUs;
    throw new WeixinRefusesUs(endpoint, appId, errcode);
  }
  if ('noToken' in kept) {
    const { source, appId, reason } = kept.noToken;
    throw new TokensUnusable(source, appId, reason);
  }
  if ('failure' in kept) return fail(kept.failure as F);
  const text = unseal(sealingKey(use), kept.sealed);
  const value = text === undefined ? undefined : await use.read(text);
  return value === undefined ? fail({ code: 'CODE_ALREADY_USED', origin: use.origin }) : succeed(value);
}

/** Redeems the code and settles the claim, whatever comes of it. */
async function redeem<T, F extends Failure>(
  use: SingleUseCode<T, F>,
  id: Fingerprint,
  claim: Settlement,
): Promise<Result<T, F>> {
  const used = () => keptFailure(use, { code: 'CODE_ALREADY_USED', origin: use.origin });
  let redeemed: Awaited<ReturnType<typeof use.redeem>>;
  let kept: string;
  try {
    redeemed = await use.redeem(id);
    if (!redeemed.ok) kept = keptFailure(use, redeemed.failure.failure);
    else if (use.replay === 0) kept = used();
    else kept = JSON.stringify({ sealed: seal(sealingKey(use), use.write(redeemed.value)) } satisfies Kept);
  } catch (error) {
    const settled = error instanceof OperatorError ? claim.release(keptFault(error)) : claim.keep(used(), 0, USED_FOR);
    // Where the store is lost as well, the claim runs out by itself, and the first error is the one to tell.
    await settled.catch(() => undefined);
    throw error;
  }
  // If the store is lost here, it may have kept the answer and told it to a copy: nothing else may be kept in its place.
  if (redeemed.ok) {
    await claim.keep(kept, use.replay, USED_FOR);
    return redeemed;
  }
  const { failure, codeSpent } = redeemed.failure;
  if (codeSpent === 'no') await claim.release(kept);
  else await claim.keep(kept, codeSpent === 'yes' ? USED_FOR : 0, USED_FOR);
  return fail(failure);
}

function keptFailure(use: SingleUseCode<unknown, Failure>, failure: Failure): string {
  return JSON.stringify({ failure, of: bindingOf(use) } satisfies Kept);
}

function keptFault({ about: { endpoint = '', appId = '', errcode, reason = '' } }: OperatorError): string {
  const kept: Kept =
    errcode === undefined
      ? { noToken: { source: endpoint, appId, reason } }
      : { refusesUs: { endpoint, appId, errcode } };
  return JSON.stringify(kept);
}

function bindingOf({ boundTo }: SingleUseCode<unknown, Failure>): Fingerprint {
  return fingerprint('single-use-code-binding', JSON.stringify(boundTo));
}

function sealingKey({ origin, appId, code, boundTo }: SingleUseCode<unknown, Failure>): SealingKey {
  return deriveSealingKey(code, 'single-use-code', [origin, appId, boundTo]);
}
