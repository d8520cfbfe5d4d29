import { createGatewayClient, type GatewayClient } from '../../client/index.js';
import { operations } from '../../client/generated/mini-program.js';
import { BrowserWx } from './browser-wx.js';
import type { Knowledge } from './knowledge.js';
import { Remedies } from './remedies.js';
import { type FaultName, offered, type Promised, type Scene, type Stage } from './scenes.js';
import { Simulator, type TapDetail } from './simulator.js';
import type { Answer } from './stations.js';
import type { Narrate, Party, Step, Words } from './step.js';

/** Final result of the client, with the number if there is one. */
export type Result = Answer & { readonly e164?: string };

export interface Outcome {
  readonly result: Result;
  /** Answers to the requests for a number, in their order. */
  readonly answers: readonly Promised[];
}

const GRAPHQL = '/graphql';
const PHONE_OPERATIONS = new Set(['decryptPhone', 'exchangePhoneCode', 'resolveCloudPhone']);
const UNREACHABLE = new Set(['WxLoginFailed', 'GatewayUnreachable']);
/** Weixin's -1, twice, because the gateway retries a call once. */
const BUSY_TWICE = [-1, -1];

/** One user with a phone and a tablet. On both, the Mini Program runs with the published client. */
export class Play implements Stage {
  readonly #simulator = new Simulator();
  readonly #knowledge: Knowledge;
  readonly #narrate: Narrate;
  readonly #remedies: Remedies;
  readonly #wx: BrowserWx;
  readonly #phone: GatewayClient;
  readonly #tablet: GatewayClient;
  #answers: Promised[] = [];
  /** Name of the last operation sent. */
  #asked = '';

  constructor(knowledge: Knowledge, narrate: Narrate) {
    this.#knowledge = knowledge;
    this.#narrate = (step) => {
      this.#listen(step);
      narrate(step);
    };
    this.#remedies = new Remedies(this.#narrate);
    const parts = { simulator: this.#simulator, knowledge, narrate: this.#narrate };
    this.#wx = new BrowserWx({ ...parts, remedies: this.#remedies, device: 'phone' });
    this.#phone = createGatewayClient({ wx: this.#wx, url: GRAPHQL });
    const tabletWx = new BrowserWx({ ...parts, remedies: new Remedies(this.#narrate), device: 'tablet' });
    this.#tablet = createGatewayClient({ wx: tabletWx, url: GRAPHQL });
  }

  /** Starts the Mini Program, or shows its page: gets a session and a current key before any tap. */
  async prepare(): Promise<void> {
    const { __typename } = await this.#phone.prepare();
    if (UNREACHABLE.has(__typename)) throw new Error('Neither wx.login nor the gateway can be reached.');
  }

  /** Plays a tap that the user allows; returns the number, or why there is none. */
  async allow(scene: Scene): Promise<Outcome> {
    this.#answers = [];
    this.#note('miniProgram', { text: 'taps' });
    const detail = offered(scene, await this.#tap(scene));
    if (scene.happening !== undefined) this.#note(scene.happening.at, scene.happening);
    await scene.meanwhile?.(this, detail);
    return this.#handle(scene.altered?.(detail) ?? detail);
  }

  /** Plays a tap that the user denies. */
  async deny(): Promise<Outcome> {
    this.#answers = [];
    this.#note('miniProgram', { text: 'userDenies' });
    return this.#handle({ errMsg: 'getPhoneNumber:fail user deny' });
  }

  async loginInCallback(): Promise<void> {
    await this.#phone.login();
  }

  async loginOnTablet(): Promise<void> {
    await this.#tablet.login();
  }

  async endSession(): Promise<void> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${this.#wx.stored[0] ?? ''}` };
    await fetch(GRAPHQL, { method: 'POST', headers, body: JSON.stringify({ query: operations.logout }) });
    this.#knowledge.learn({ session: false });
  }

  makeWeixinBusy(): Promise<void> {
    return this.#simulator.failNext('/wxa/business/getuserphonenumber', BUSY_TWICE);
  }

  playFault(name: FaultName): Promise<void> {
    return this.#simulator.playFault(name);
  }

  async spendCode({ code }: TapDetail): Promise<void> {
    await this.#simulator.spend(code ?? '');
    this.#knowledge.learn({ tapCode: 'used' });
  }

  /** Plays the button handler of the Mini Program's page. */
  async #handle(detail: TapDetail): Promise<Outcome> {
    const result: Result = await this.#phone.getPhoneNumber({ detail });
    this.#knowledge.learn({ inHand: undefined });
    this.#remedies.handedOver(result);
    return { result, answers: this.#answers };
  }

  async #tap(scene: Scene): Promise<TapDetail> {
    const detail = await this.#simulator.tap(scene.document?.(this.#simulator.now) ?? {}, scene.number);
    const events = await this.#simulator.news();
    for (const event of events) this.#knowledge.hear(event);
    const isSealed = scene.offers.includes('encryptedData');
    if (!isSealed) this.#knowledge.learn({ inHand: undefined });
    if (!scene.offers.includes('code')) this.#knowledge.learn({ tapCode: 'none' });
    this.#narrate({
      kind: 'message',
      device: 'phone',
      from: 'weixin',
      to: 'miniProgram',
      name: 'e.detail',
      words: isSealed ? { text: 'sealed', values: { key: events.at(-1)?.key ?? '' } } : { text: 'tapped' },
      codes: scene.offers,
      tone: 'plain',
    });
    return detail;
  }

  #note(at: Party, { text, values = {} }: Words): void {
    this.#narrate({ kind: 'note', at, words: { text, values }, tone: 'plain' });
  }

  /** Records the answers to the requests for a number. */
  #listen(step: Step): void {
    if (step.kind !== 'message') return;
    if (step.from === 'miniProgram' && step.to === 'gateway') this.#asked = step.name;
    if (step.from === 'gateway' && step.to === 'miniProgram' && PHONE_OPERATIONS.has(this.#asked)) {
      const [code, remedy] = step.codes ?? [];
      this.#answers.push({ __typename: step.name, ...(code && { code }), ...(remedy && { remedy }) });
    }
  }
}
