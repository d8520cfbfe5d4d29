import { createHmac, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { AppWithSecret } from '../domain/app.js';
import type { Clock, Instant, Milliseconds } from '../domain/clock.js';
import { AccessTokenDesk } from './access-token-desk.js';
import { Journal, type JournalEntry } from './journal.js';
import { encryptOpenData, type EncryptedOpenData } from './open-data.js';
import { phoneDocument, type PhoneDocumentOverrides } from './phone-document.js';
import { CloudRun } from './cloud-run.js';
import { TapDesk } from './tap-desk.js';
import { ThirdPartyPlatform } from './third-party-platform.js';
import { weixinError, type WeixinError } from './weixin-error.js';
import { newUser, renewKey, type UserKey, type WeixinUser } from './weixin-user.js';

/** A code lives five minutes. */
const CODE_LIFE: Milliseconds = 300_000;
/** Calls of code2Session per user and minute; further ones get 45011. */
const MINUTE_QUOTA = 100;
/** Users and codes kept. */
const MAX_REMEMBERED = 10_000;

/** Members of `e.detail` of the button's event. */
export interface TapDetail extends EncryptedOpenData {
  readonly code: string;
  readonly cloudID: string;
}

type SignedQuery = Readonly<Record<string, string | undefined>>;

interface LoginCode {
  readonly appId: string;
  readonly user: WeixinUser;
  readonly key: UserKey;
  readonly issuedAt: Instant;
  used: boolean;
}

export type Code2SessionAnswer =
  { readonly openid: string; readonly unionid: string; readonly session_key: string } | WeixinError;

export interface WeixinWorldOptions {
  readonly apps: readonly AppWithSecret[];
  readonly clock: Clock;
  /** Age at which wx.login replaces a key; 0: at every login. Weixin does not document its own. */
  readonly keyPeriod: Milliseconds;
}

/**
 * Model of Weixin: users, their session keys and codes. It covers both sides: the phone (login, tap), and the answers
 * of Weixin's server.
 */
export class WeixinWorld {
  readonly #options: WeixinWorldOptions;
  readonly tokens: AccessTokenDesk;
  readonly taps: TapDesk;
  readonly platform: ThirdPartyPlatform;
  readonly cloudRun: CloudRun;
  readonly journal: Journal;
  readonly #users = new LRUCache<string, WeixinUser>({ max: MAX_REMEMBERED });
  readonly #byOpenId = new LRUCache<string, WeixinUser>({ max: MAX_REMEMBERED });
  readonly #codes = new LRUCache<string, LoginCode>({ max: MAX_REMEMBERED });

  constructor(options: WeixinWorldOptions) {
    this.#options = options;
    this.tokens = new AccessTokenDesk(options.apps, options.clock);
    this.taps = new TapDesk(options.clock);
    this.platform = new ThirdPartyPlatform(this.tokens);
    this.cloudRun = new CloudRun(options.clock);
    this.journal = new Journal(options.clock);
  }

  get apps(): readonly AppWithSecret[] {
    return this.#options.apps;
  }

  /** Plays wx.login on a device of this user: returns a code, and renews the key if it is old enough. */
  login(appId: string, name: string, device = 'phone'): string {
    const user = this.#user(appId, name);
    const now = this.#options.clock.now();
    if (now - user.key.bornAt >= this.#options.keyPeriod) renewKey(user, now);
    const code = randomBytes(24).toString('base64url');
    this.#codes.set(code, { appId, user, key: user.key, issuedAt: now, used: false });
    user.keyOnDevice.set(device, user.key);
    this.journal.add(user.openid, 'wx.login', 0, user.key.number);
    return code;
  }

  /** Plays wx.checkSession on a device: whether the key of the last code obtained there is still the user's. */
  checkSession(appId: string, name: string, device = 'phone'): boolean {
    const user = this.#user(appId, name);
    const isCurrent = user.keyOnDevice.get(device) === user.key;
    this.journal.add(user.openid, 'wx.checkSession', isCurrent ? 0 : 'fail');
    return isCurrent;
  }

  /** Plays a tap on the getPhoneNumber button: returns the event's members, with the number under the current key. */
  tap(appId: string, name: string, overrides: PhoneDocumentOverrides = {}): TapDetail {
    const document = phoneDocument(name, appId, this.#seconds(), overrides);
    const { openid, key } = this.#user(appId, name);
    const data = encryptOpenData(key.text, document);
    this.journal.add(openid, 'tap', 0, key.number);
    return { ...data, ...this.taps.register(appId, openid, document, data.encryptedData) };
  }

  /** Another document of the user under the same key, as getUserProfile delivers it. */
  userInfo(appId: string, name: string, nickName: string): EncryptedOpenData {
    const { openid, unionid, key } = this.#user(appId, name);
    const watermark = { timestamp: this.#seconds(), appid: appId };
    return encryptOpenData(key.text, { openId: openid, nickName, gender: 0, unionId: unionid, watermark });
  }

  /** The user's current key at Weixin, for tests that play someone who has it. */
  sessionKey(appId: string, name: string): string {
    return this.#user(appId, name).key.text;
  }

  /** Replaces this user's key now, as a wx.login after the period does. */
  renewKey(appId: string, name: string): void {
    renewKey(this.#user(appId, name), this.#options.clock.now());
  }

  /** Makes Weixin judge this user high-risk from now on. */
  block(appId: string, name: string): void {
    this.#user(appId, name).blocked = true;
  }

  code2Session(appId: string, secret: string, code: string): Code2SessionAnswer {
    const app = this.#options.apps.find((known) => known.appId === appId);
    if (app === undefined) return weixinError(40013, 'invalid appid');
    if (app.secret.reveal() !== secret) return weixinError(40125, 'invalid appsecret');
    return this.exchange(appId, code);
  }

  /** What code2Session answers to a caller that may ask. */
  exchange(appId: string, code: string): Code2SessionAnswer {
    const issued = this.#codes.get(code);
    const now = this.#options.clock.now();
    if (issued === undefined || issued.appId !== appId || now >= issued.issuedAt + CODE_LIFE) {
      return weixinError(40029, 'invalid code');
    }
    const { user } = issued;
    if (issued.used) return weixinError(40163, 'code been used');
    if (user.blocked) return weixinError(40226, 'code blocked');
    user.exchanges = [...user.exchanges.filter((at) => now - at < 60_000), now];
    if (user.exchanges.length > MINUTE_QUOTA) return weixinError(45011, 'api minute-quota reach limit');
    issued.used = true;
    return { openid: user.openid, unionid: user.unionid, session_key: issued.key.text };
  }

  /** Openid of the owner of a login code, and the number of the code's key. */
  ownerOfLogin(code: string): { readonly openid: string; readonly key: number } | undefined {
    const issued = this.#codes.get(code);
    return issued && { openid: issued.user.openid, key: issued.key.number };
  }

  /** Recent events of this user and of the app as a whole, after entry `since`. */
  happened(appId: string, name: string, since: number): readonly JournalEntry[] {
    return this.journal.since(since, [this.#user(appId, name).openid, appId]);
  }

  /** The answer of `/wxa/checksession`. */
  checkSessionKey(appId: string, query: SignedQuery): object {
    const user = this.#signer(appId, query);
    return 'errcode' in user ? user : { errcode: 0, errmsg: 'ok' };
  }

  /** The answer of `/wxa/resetusersessionkey`; the old key stops working. */
  resetSessionKey(appId: string, query: SignedQuery): object {
    const user = this.#signer(appId, query);
    if ('errcode' in user) return user;
    renewKey(user, this.#options.clock.now());
    return { errcode: 0, errmsg: 'ok', openid: user.openid, session_key: user.key.text };
  }

  /** The user who signed with their current key: HMAC-SHA256 of the empty text, keyed with the key's Base64 text. */
  #signer(appId: string, { openid, signature, sig_method: method }: SignedQuery): WeixinUser | WeixinError {
    const user = openid === undefined ? undefined : this.#byOpenId.get(`${appId}:${openid}`);
    if (user === undefined) return weixinError(40003, 'invalid openid');
    const expected = createHmac('sha256', user.key.text).update('').digest('hex');
    return method === 'hmac_sha256' && signature === expected ? user : weixinError(87009, 'invalid signature');
  }

  #user(appId: string, name: string): WeixinUser {
    const known = this.#users.get(`${appId}:${name}`);
    if (known !== undefined) return known;
    const user = newUser(appId, name, this.#options.clock.now());
    this.#users.set(`${appId}:${name}`, user);
    this.#byOpenId.set(`${appId}:${user.openid}`, user);
    return user;
  }

  #seconds(): number {
    return Math.floor(this.#options.clock.now() / 1000);
  }
}
