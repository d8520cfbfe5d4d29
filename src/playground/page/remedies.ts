import type { Answer } from './stations.js';
import type { Narrate, Words } from './step.js';

/** Narrates how the client handles an error, as soon as its next action shows it. */
export class Remedies {
  readonly #narrate: Narrate;
  #open: { readonly operation: string; readonly remedy: string; readonly at: number } | undefined;

  constructor(narrate: Narrate) {
    this.#narrate = narrate;
  }

  /** Call when an answer has reached the client. */
  answered(operation: string, { remedy }: Answer): void {
    this.#open = remedy === undefined ? undefined : { operation, remedy, at: performance.now() };
  }

  /** Call when the client is about to send this operation, or to call wx.login. */
  next(operation: string): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    this.#tell(whatItDoes(open, operation), 'good');
  }

  /** Call when the client has returned this result to the page. */
  handedOver(result: Answer): void {
    this.#open = undefined;
    if (result.__typename === 'PhoneNumber') return this.#tell({ text: 'handsNumber' }, 'good');
    if (result.__typename === 'TapRefused') return this.#tell({ text: 'handsRefusal' }, 'plain');
    return this.#tell({ text: HANDED_OVER[result.remedy ?? ''] ?? 'handsNone' }, 'plain');
  }

  #tell(words: Words, tone: 'good' | 'plain'): void {
    this.#narrate({ kind: 'note', at: 'miniProgram', words, tone });
  }
}

const HANDED_OVER: Readonly<Record<string, Words['text']>> = {
  LOGIN_AND_RESEND: 'handsLoginAndResend',
  RETRY_LATER: 'handsRetryLater',
  TAP_AGAIN: 'handsTapAgain',
};

function whatItDoes(open: { operation: string; remedy: string; at: number }, operation: string): Words {
  if (open.remedy === 'RETRY_LATER' && open.operation === operation) {
    return { text: 'doesRetryLater', values: { seconds: ((performance.now() - open.at) / 1000).toFixed(1) } };
  }
  return { text: open.remedy === 'LOGIN_AND_RESEND' ? 'doesLoginAndResend' : 'doesNextWay' };
}
