import { say } from '../language.js';
import type { Result } from '../play.js';
import type { TextKey } from '../texts/en.js';
import { byId, create, saying } from './element.js';

type State = 'starting' | 'ready' | 'working' | 'number' | 'failed';

const FAILED: Readonly<Record<string, TextKey>> = {
  LOGIN_AND_RESEND: 'tapAgain',
  TAP_AGAIN: 'tapAgain',
  RETRY_LATER: 'later',
  NONE: 'noWay',
};

/** Shows the phone: the Mini Program's button, Weixin's sheet, and the outcome for the user. */
export class PhoneView {
  readonly #button = byId('get-number') as HTMLButtonElement;
  readonly #sheet = byId('sheet');
  readonly #app = byId('app');
  readonly #outcome = byId('outcome');

  onTap(tapped: () => Promise<void>): void {
    this.#button.addEventListener('click', () => void tapped());
  }

  /** Disables the button and shows this state. */
  busy(state: 'starting' | 'working'): void {
    this.#button.disabled = true;
    this.#tell(state, saying('span', '', { text: state }));
  }

  ready(): void {
    this.#button.disabled = false;
    this.#tell('ready', saying('span', '', { text: 'ready' }));
  }

  /** Shows Weixin's sheet over the app until the user decides; Escape denies. */
  async ask(): Promise<'allow' | 'deny'> {
    this.#sheet.hidden = false;
    this.#app.inert = true;
    const allow = byId('allow');
    allow.focus({ preventScroll: true });
    const decision = await new Promise<'allow' | 'deny'>((resolve) => {
      allow.onclick = () => resolve('allow');
      byId('deny').onclick = () => resolve('deny');
      this.#sheet.onkeydown = ({ key }) => {
        if (key === 'Escape') resolve('deny');
      };
    });
    this.#sheet.hidden = true;
    this.#app.inert = false;
    return decision;
  }

  /** Shows the outcome of a tap in the user's words, enables the button and gives it the focus. */
  show(result: Result): void {
    this.#button.disabled = false;
    // Keep the focus if the visitor has moved it elsewhere.
    const focused = document.activeElement ?? document.body;
    if (focused === document.body || this.#sheet.contains(focused)) this.#button.focus({ preventScroll: true });
    if (result.__typename === 'PhoneNumber') {
      const number = create('strong', 'number', readable(result.e164 ?? ''));
      return this.#tell('number', saying('span', '', { text: 'hasNumber' }), number);
    }
    const text = result.__typename === 'TapRefused' ? 'denied' : (FAILED[result.remedy ?? ''] ?? 'noWay');
    return this.#tell('failed', saying('span', '', { text }));
  }

  /** Shows that nothing works any more, e.g. because the gateway is gone. */
  broken(): void {
    this.#button.disabled = false;
    const line = create('span', '');
    say(line, 'gone');
    this.#tell('failed', line);
  }

  #tell(state: State, ...contents: readonly Node[]): void {
    this.#outcome.dataset['state'] = state;
    this.#outcome.replaceChildren(...contents);
  }
}

/** Groups the digits of a number of mainland China or Hong Kong for reading. */
function readable(e164: string): string {
  return e164.replace(/^\+86(\d{3})(\d{4})(\d{4})$/, '+86 $1 $2 $3').replace(/^\+852(\d{4})(\d{4})$/, '+852 $1 $2');
}
