import type { WeixinEvent } from './simulator.js';

export type CodeState = 'none' | 'fresh' | 'used';

/** Keys that the gateway keeps per user. */
export const RING_SIZE = 3;

/** Knowledge of each party, as far as the steps show it. Keys are identified by their numbers. */
export class Knowledge {
  /** Whether the Mini Program holds a token. */
  token = false;
  /** Key of the data that the Mini Program holds; undefined: it holds none. */
  inHand: number | undefined;
  /** Whether the gateway knows a session for that token. */
  session = false;
  /** The keys that Weixin gave to the gateway, the newest first. */
  ring: readonly number[] = [];
  /** The user's key at Weixin. */
  currentKey: number | undefined;
  loginCode: CodeState = 'none';
  tapCode: CodeState = 'none';
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Updates the knowledge. */
  learn(news: Partial<Pick<Knowledge, 'token' | 'inHand' | 'session' | 'tapCode'>>): void {
    Object.assign(this, news);
    this.#changed();
  }

  /** Updates the knowledge with an event at Weixin. */
  hear({ what, outcome, key }: WeixinEvent): void {
    if (what === 'wx.login') {
      this.currentKey = key;
      this.loginCode = 'fresh';
    }
    if (what === 'tap') {
      this.currentKey = key;
      this.inHand = key;
      this.tapCode = 'fresh';
    }
    if (outcome === 0 && what.endsWith('/jscode2session') && key !== undefined) {
      this.ring = [key, ...this.ring.filter((known) => known !== key)].slice(0, RING_SIZE);
      this.loginCode = 'used';
    }
    if (outcome === 0 && what.endsWith('/getuserphonenumber')) this.tapCode = 'used';
    this.#changed();
  }
}
