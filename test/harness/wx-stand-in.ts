import type { TapEvent, Wx, WxAnswer, WxFailure, WxRequest } from '../../src/client/index.js';
import type { RunningGateway } from './running-gateway.js';

/**
 * What the network makes of a request: it is lost before the gateway or behind it, its answer comes late, when `deliver` is
 * called, there is none, or there is this one; or wx.request fails like this.
 */
export type NetworkFault =
  'lost' | 'lostAnswer' | 'late' | 'silent' | Partial<WxAnswer> | { readonly failure: WxFailure };

/**
 * The `wx` of a phone: its requests are real, its wx.login is the simulator's. It writes down what a Mini Program asks of
 * it, and plays what a phone and a network may do.
 */
export class WxStandIn implements Wx {
  readonly #running: RunningGateway;
  readonly #user: string;
  /** The key that this phone's last wx.login came with, which wx.checkSession is about. */
  #key: string | undefined;
  /** What was asked for, in order: `wx.login`, `wx.checkSession`, or the field of an operation. */
  readonly calls: string[] = [];
  /** The bodies of the requests, in order. */
  readonly sent: string[] = [];
  readonly storage = new Map<string, unknown>();
  /** One for each of the next requests; `undefined` lets one through. */
  network: (NetworkFault | undefined)[] = [];
  /** Whether wx.login gets no code. */
  loginFails = false;
  /** Whether wx.checkSession never answers. */
  checkIsSilent = false;
  storageFails = false;
  readonly #late: (() => void)[] = [];
  readonly #underWay = new Set<Promise<void>>();

  constructor(running: RunningGateway, user = 'alice') {
    this.#running = running;
    this.#user = user;
  }

  /** The button's event, as Weixin makes it now. */
  async tap(document?: object): Promise<{ detail: TapEvent }> {
    return { detail: await this.#phone('/phone/tap', document && { document }) };
  }

  login({ success, fail }: Parameters<Wx['login']>[0]): void {
    this.calls.push('wx.login');
    if (this.loginFails) return fail({ errMsg: 'login:fail' });
    const login = this.#phone<{ code: string }>('/phone/login').then((result) => {
      this.#key = this.#currentKey();
      success(result);
    });
    this.#watch(login);
  }

  checkSession({ success, fail }: Parameters<Wx['checkSession']>[0]): void {
    this.calls.push('wx.checkSession');
    if (this.checkIsSilent) return;
    if (this.#key === this.#currentKey()) success({ errMsg: 'checkSession:ok' });
    else fail({ errMsg: 'checkSession:fail' });
  }

  request({ url, method, header, data, success, fail }: WxRequest): void {
    const body = JSON.stringify(data);
    this.calls.push(/\{(\w+)/.exec(String(data['query']))?.[1] ?? '');
    this.sent.push(body);
    const fault = this.network.shift();
    if (fault === 'silent') return;
    if (fault === 'lost') return fail({ errMsg: 'request:fail' });
    if (typeof fault === 'object' && 'failure' in fault) return fail(fault.failure);
    if (typeof fault === 'object') return success({ statusCode: 200, data: '', header: {}, ...fault });
    // A header of the Mini Program's own leaves wx.request's default for the body as it is.
    const headers = { 'content-type': 'application/json', ...header };
    const request = fetch(url, { method, headers, body }).then(async (response) => {
      const answer = parsed(await response.text());
      if (fault === 'lostAnswer') return fail({ errMsg: 'request:fail' });
      const deliver = () =>
        success({ statusCode: response.status, data: answer, header: Object.fromEntries(response.headers) });
      if (fault === 'late') this.#late.push(deliver);
      else deliver();
    });
    this.#watch(request);
  }

  getStorageSync(key: string): unknown {
    this.#useStorage();
    return this.storage.get(key) ?? '';
  }

  setStorageSync(key: string, value: string): void {
    this.#useStorage();
    this.storage.set(key, value);
  }

  /** The late answers arrive. */
  deliver(): void {
    for (const deliver of this.#late.splice(0)) deliver();
  }

  /** Waits until nothing is under way any more. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) {
      await Promise.all(this.#underWay);
      // What was answered may lead to the next request.
      await new Promise(setImmediate);
    }
  }

  #watch(work: Promise<void>): void {
    const watched = work.finally(() => this.#underWay.delete(watched));
    this.#underWay.add(watched);
  }

  #useStorage(): void {
    if (this.storageFails) throw new Error('exceed storage max size 10Mb');
  }

  #currentKey(): string {
    return this.#running.simulator.world.sessionKey(this.#running.app.appId, this.#user);
  }

  async #phone<T>(path: string, more?: object): Promise<T> {
    const response = await fetch(`${this.#running.gateway.simulator?.url ?? ''}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: this.#user, ...more }),
    });
    return (await response.json()) as T;
  }
}

/** wx.request hands over JSON parsed, and anything else as it is. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
