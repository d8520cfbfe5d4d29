import type { Failure } from '../../domain/failure.js';
import type { Result } from '../../domain/result.js';
import { TokensUnusable, WeixinRefusesUs } from '../../weixin/weixin-api.js';
import { lineTrouble, type LineTrouble, troubleText } from './line-trouble.js';
import type { HarmlessCall } from './weixin-calls.js';

/** What came of one harmless call; equal for all Mini Programs for which the same has to be done. */
export interface CallOutcome {
  readonly ok: boolean;
  readonly found: string;
  readonly remedy: string | undefined;
  /** Why there was no usable answer. */
  readonly trouble: LineTrouble | undefined;
}

/** @param lostBecause why the answer was lost, in a word, if it was */
export async function outcomeOf(
  harmless: HarmlessCall,
  call: () => Promise<Result<unknown, Failure>>,
  lostBecause: () => string | undefined,
): Promise<CallOutcome> {
  try {
    const result = await call();
    if (harmless.isGood(result)) return { ok: true, found: harmless.shows, remedy: undefined, trouble: undefined };
    return result.ok ? IMPOSTOR : failedWith(result.failure, lostBecause());
  } catch (error) {
    if (error instanceof WeixinRefusesUs) {
      const { errcode, meaning, mend } = error;
      return { ok: false, found: `errcode ${errcode}, ${meaning}`, remedy: mend, trouble: undefined };
    }
    if (!(error instanceof TokensUnusable)) throw error;
    const found = `${error.source} gives no token (${error.reason})`;
    return { ok: false, found, remedy: 'Check the variable, and what it names.', trouble: undefined };
  }
}

/** Whether the network or Weixin failed, whatever was asked. */
export function isOutage({ trouble }: CallOutcome): boolean {
  return trouble !== undefined;
}

const IMPOSTOR: CallOutcome = {
  ok: false,
  found: 'a made-up code is accepted, so this is not Weixin',
  remedy: 'Check WEIXIN_API_URL.',
  trouble: undefined,
};

function failedWith({ code }: Failure, reason: string | undefined): CallOutcome {
  if (code === 'RATE_LIMITED') {
    const found = "Weixin's quota for this call is used up";
    return {
      ok: false,
      found,
      remedy: 'Try again later; the Mini Program admin console shows it.',
      trouble: undefined,
    };
  }
  if (code !== 'SERVICE_UNAVAILABLE') {
    return { ok: false, found: `an unexpected answer (${code})`, remedy: LINE_REMEDIES.answer, trouble: undefined };
  }
  if (reason === undefined) return { ok: false, found: 'Weixin is busy', remedy: 'Try again.', trouble: 'answer' };
  const trouble = lineTrouble(reason);
  return { ok: false, found: troubleText(reason), remedy: LINE_REMEDIES[trouble], trouble };
}

const LINE_REMEDIES: Readonly<Record<LineTrouble, string>> = {
  'no address': 'Check WEIXIN_API_URL, and the DNS of this machine.',
  refused: 'Check WEIXIN_API_URL, and a proxy on the way.',
  silent: 'Let this machine reach WEIXIN_API_URL, through its firewall or a proxy; or raise WEIXIN_TIMEOUT_MS.',
  closed: 'Check WEIXIN_API_URL, and a proxy on the way.',
  certificate: 'Name the CA that signed it in NODE_EXTRA_CA_CERTS; Weixin itself needs none.',
  'name in the certificate': 'Check WEIXIN_API_URL: this is another server.',
  login: 'Check a proxy on the way.',
  answer: 'Check WEIXIN_API_URL, and a proxy on the way: this is not how Weixin answers.',
};
