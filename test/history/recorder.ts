import type { Asked, At, Entry, IssuedCode, Told, WeixinCall } from './history.js';

/** A call of Weixin whose outcome may still be told. */
export interface OpenCall {
  outcome: WeixinCall['outcome'];
  key?: number;
}

/** Records a history while it happens. */
export class Recorder {
  readonly entries: Entry[] = [];
  readonly issued: IssuedCode[] = [];
  readonly weixin: WeixinCall[] = [];
  readonly #now: () => At;

  /** @param now the observer's clock */
  constructor(now: () => At) {
    this.#now = now;
  }

  now(): At {
    return this.#now();
  }

  /** Records a request, and what it is answered; an answer that does not come is lost. */
  async request(gateway: string, asked: Asked, answer: () => Promise<Told>): Promise<Told> {
    const invokedAt = this.#now();
    const told = await answer();
    const returnedAt = told.told === 'nothing' ? Infinity : this.#now();
    this.entries.push({ asked, told, gateway, invokedAt, returnedAt });
    return told;
  }

  /** A code reaches Weixin; until more is known, its answer is lost. */
  arrives(kind: WeixinCall['kind'], code: string): OpenCall {
    const call: WeixinCall & OpenCall = { kind, code, at: this.#now(), outcome: 'lost' };
    this.weixin.push(call);
    return call;
  }
}
