import type { Wx, WxAnswer, WxFailure, WxRequest } from '../../client/wx.js';
import type { Knowledge } from './knowledge.js';
import { redacted } from './redacted.js';
import type { Remedies } from './remedies.js';
import type { Simulator, WeixinEvent } from './simulator.js';
import { type Answer, stationsOf } from './stations.js';
import type { Device, Message, Narrate, Words } from './step.js';

interface Parts {
  readonly simulator: Simulator;
  readonly knowledge: Knowledge;
  readonly remedies: Remedies;
  readonly narrate: Narrate;
  readonly device: Device;
}

/** A GraphQL answer's body. */
interface Body {
  readonly data?: Readonly<Record<string, Answer>> | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

/** `wx` of a device in the browser: wx.login calls the simulator, wx.request calls fetch. It narrates each step. */
export class BrowserWx implements Wx {
  readonly #parts: Parts;
  readonly #storage = new Map<string, string>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** All stored values: the token, if there is one. */
  get stored(): readonly string[] {
    return [...this.#storage.values()];
  }

  login({ success, fail }: { success: (result: { code: string }) => void; fail: (error: WxFailure) => void }): void {
    this.#login().then(success, () => fail({ errMsg: 'login:fail' }));
  }

  checkSession({ success, fail }: { success: () => void; fail: () => void }): void {
    this.#checkSession().then((isGood) => (isGood ? success() : fail()), fail);
  }

  request({ success, fail, ...request }: WxRequest): void {
    this.#send(request).then(success, () => fail({ errMsg: 'request:fail' }));
  }

  getStorageSync(key: string): string {
    return this.#storage.get(key) ?? '';
  }

  setStorageSync(key: string, value: string): void {
    this.#storage.set(key, value);
    this.#stored();
  }

  removeStorageSync(key: string): void {
    this.#storage.delete(key);
    this.#stored();
  }

  async #login(): Promise<{ code: string }> {
    const { simulator, remedies, device } = this.#parts;
    remedies.next('wx.login');
    const code = await simulator.login(device);
    const key = (await this.#news()).at(-1)?.key ?? '';
    this.#ask('wx.login', { text: 'newCode', values: { key } }, 'good');
    return { code };
  }

  async #checkSession(): Promise<boolean> {
    const { simulator, device } = this.#parts;
    const isGood = await simulator.checkSession(device);
    await this.#news();
    this.#ask('wx.checkSession', { text: isGood ? 'keyIsGood' : 'keyIsStale' }, isGood ? 'good' : 'plain');
    return isGood;
  }

  async #send({ url, header, data }: Omit<WxRequest, 'success' | 'fail'>): Promise<WxAnswer> {
    const { remedies } = this.#parts;
    const operation = /\{\s*(\w+)/.exec(String(data['query']))?.[1] ?? '';
    remedies.next(operation);
    const hasToken = 'authorization' in header;
    this.#tell({
      from: 'miniProgram',
      to: 'gateway',
      name: operation,
      words: hasToken ? { text: 'withToken' } : undefined,
      tone: 'plain',
      wire: redacted({ header, variables: data['variables'] }),
    });
    const startedAt = performance.now();
    const response = await fetch(url, { method: 'POST', headers: header, body: JSON.stringify(data) });
    const body = (await response.json()) as Body;
    await this.#answered(operation, body, Math.round(performance.now() - startedAt));
    return { statusCode: response.status, data: body, header: Object.fromEntries(response.headers) };
  }

  /** Narrates the gateway's calls to Weixin, the stations of the request, and the answer. */
  async #answered(operation: string, body: Body, took: number): Promise<void> {
    const { knowledge, remedies, narrate, device } = this.#parts;
    for (const event of await this.#news()) this.#tellCall(event);
    const answer = Object.values(body.data ?? {})[0] ?? errorOutsideTheUnions(body);
    const stations = stationsOf(operation, answer, knowledge);
    if (stations !== undefined) narrate(stations);
    if (device === 'phone') {
      if (answer.__typename === 'LoginSuccess') knowledge.learn({ session: true });
      if (answer.code === 'NOT_LOGGED_IN') knowledge.learn({ session: false });
    }
    const codes = [answer.code, answer.remedy].filter((code) => code !== undefined);
    this.#tell({
      from: 'gateway',
      to: 'miniProgram',
      name: answer.__typename,
      words: answer.retryAfterSeconds
        ? { text: 'afterSeconds', values: { seconds: answer.retryAfterSeconds } }
        : undefined,
      tone: codes.length === 0 ? 'good' : 'bad',
      codes,
      took,
      wire: redacted(body),
    });
    remedies.answered(operation, answer);
  }

  /** Narrates a call of the gateway to Weixin, and its answer. */
  #tellCall({ what, outcome, key }: WeixinEvent): void {
    const name = what.split('/').at(-1)?.replace('jscode2session', 'code2Session') ?? '';
    let answer: Words = { text: 'refused', values: { errcode: outcome } };
    if (outcome === 0) answer = key === undefined ? { text: 'answered' } : { text: 'learned', values: { key } };
    if (outcome === -1) answer = { text: 'busy' };
    this.#tell({ from: 'gateway', to: 'weixin', name, answer, tone: outcome === 0 ? 'good' : 'bad' });
  }

  /** Narrates a function of wx that Weixin answers. */
  #ask(name: string, answer: Words, tone: 'good' | 'plain'): void {
    this.#tell({ from: 'miniProgram', to: 'weixin', name, answer, tone });
  }

  #tell(message: Omit<Message, 'kind' | 'device'>): void {
    this.#parts.narrate({ kind: 'message', device: this.#parts.device, ...message });
  }

  async #news(): Promise<readonly WeixinEvent[]> {
    const events = await this.#parts.simulator.news();
    for (const event of events) this.#parts.knowledge.hear(event);
    return events;
  }

  #stored(): void {
    if (this.#parts.device === 'phone') this.#parts.knowledge.learn({ token: this.#storage.size > 0 });
  }
}

function errorOutsideTheUnions({ errors }: Body): Answer {
  return { __typename: 'GraphQL error', code: errors?.[0]?.extensions?.code ?? '', remedy: 'NONE' };
}
