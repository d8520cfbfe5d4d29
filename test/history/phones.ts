import { randomBytes } from 'node:crypto';
import type { App } from '../../src/domain/app.js';
import type { WeixinWorld } from '../../src/simulator/weixin-world.js';
import { remember } from '../harness/evidence.js';
import type { SentDocument } from './history.js';
import type { Recorder } from './recorder.js';

/** What a phone sends to have its user's number decrypted. */
export interface SentData {
  readonly encryptedData: string;
  readonly iv: string;
  readonly document: SentDocument;
}

export interface Tapped extends SentData {
  readonly code: string;
}

/** The phones of a Mini Program's users, who are called by name. */
export class Phones {
  readonly #world: WeixinWorld;
  readonly #app: App;
  readonly #recorder: Recorder;
  readonly #names = new Map<string, string>();
  /** Session keys in the order in which they came up. */
  readonly #keys = new Map<string, number>();
  readonly #numbers = new Map<string, string>();

  constructor(world: WeixinWorld, app: App, recorder: Recorder) {
    this.#world = world;
    this.#app = app;
    this.#recorder = recorder;
  }

  /** wx.login. */
  code(user: string): string {
    const code = this.#world.login(this.#app.appId, user);
    remember('code', code);
    this.#key(user);
    this.#names.set(this.#world.ownerOfLogin(code)?.openid ?? '', user);
    this.#recorder.issued.push({ code, kind: 'login', user });
    return code;
  }

  /** A tap on the phone button. */
  tap(user: string): Tapped {
    const number = this.#numbers.get(user) ?? `1380013${String(1000 + this.#numbers.size)}`;
    this.#numbers.set(user, number);
    remember('phone number', number);
    const overrides = { phoneNumber: number, purePhoneNumber: number };
    const { encryptedData, iv, code } = this.#world.tap(this.#app.appId, user, overrides);
    remember('code', code);
    this.#recorder.issued.push({ code, kind: 'tap', user, number: `+86${number}` });
    return {
      encryptedData,
      iv,
      code,
      document: { user, number: `+86${number}`, key: this.#key(user), isGenuine: true },
    };
  }

  /** Data that no key opens. */
  forged(): SentData {
    const document = { user: 'nobody', number: '', key: 0, isGenuine: false };
    return { encryptedData: bytes(144), iv: bytes(16), document };
  }

  /** The user with this openid. */
  nameOf(openId: string): string {
    return this.#names.get(openId) ?? 'a stranger';
  }

  openIdOf(user: string): string | undefined {
    return [...this.#names].find(([, name]) => name === user)?.[0];
  }

  /** The number of a session key. */
  keyNumber(text: string): number {
    const known = this.#keys.get(text);
    if (known !== undefined) return known;
    this.#keys.set(text, this.#keys.size + 1);
    remember('session key', text);
    return this.#keys.size;
  }

  #key(user: string): number {
    return this.keyNumber(this.#world.sessionKey(this.#app.appId, user));
  }
}

function bytes(count: number): string {
  return randomBytes(count).toString('base64');
}
