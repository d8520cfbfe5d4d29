import { createHash, createHmac, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { App } from '../../domain/app.js';
import type { Clock, Instant, Milliseconds } from '../../domain/clock.js';
import { AccessTokenDesk } from './access-token-desk.js';
import { encryptOpenData, type EncryptedOpenData } from './open-data.js';
import { TapDesk } from './tap-desk.js';
import { weixinError, type WeixinError } from './weixin-error.js';

/** A code lives five minutes. */
const CODE_LIFE: Milliseconds = 300_000;
/** 45011: calls of code2Session for one user in a minute. */
const MINUTE_QUOTA = 100;
/** Users and codes that are remembered. */
const MAX_REMEMBERED = 100_000;

/** The members of a phone document, to be replaced one by one. */
export interface PhoneDocumentOverrides {
  readonly phoneNumber?: string | undefined;
  readonly purePhoneNumber?: string | undefined;
  readonly countryCode?: string | number | undefined;
  readonly watermark?: { readonly timestamp?: number | undefined; readonly appid?: string | undefined } | undefined;
}

/** What `e.detail` of the button's event carries. */
export interface TapDetail extends EncryptedOpenData {
  readonly code: string;
  readonly cloudID: string;
}

interface WeixinUser {
  readonly openid: string;
  readonly unionid: string;
  sessionKey: string;
  keyBornAt: Instant;
  blocked: boolean;
  exchanges: Instant[];
}

type SignedQuery = Readonly<Record<string, string | undefined>>;

interface LoginCode {
  readonly appId: string;
  readonly user: WeixinUser;
  readonly sessionKey: string;
  readonly issuedAt: Instant;
  used: boolean;
}

export type Code2SessionAnswer =
  { readonly openid: string; readonly unionid: string; readonly session_key: string } | WeixinError;

export interface WeixinWorldOptions {
  readonly apps: readonly App[];
  readonly clock: Clock;
  /** wx.login replaces a key that is at least as old; Weixin does not say how long its period is. 0: every time. */
  readonly keyPeriod: Milliseconds;
}

/**
 * Weixin, as far as a Mini Program and its server meet it: users, their session keys, codes. It knows both sides: what the
 * phone does (login, tap) and what Weixin's server answers.
 */
export class WeixinWorld {
  readonly #options: WeixinWorldOptions;
  readonly tokens: AccessTokenDesk;
  readonly taps: TapDesk;
  readonly #users = new LRUCache<string, WeixinUser>({ max: MAX_REMEMBERED });
  readonly #byOpenId = new LRUCache<string, WeixinUser>({ max: MAX_REMEMBERED });
  readonly #codes = new LRUCache<string, LoginCode>({ max: MAX_REMEMBERED });

  constructor(options: WeixinWorldOptions) {
    this.#options = options;
    this.tokens = new AccessTokenDesk(options.apps, options.clock);
    this.taps = new TapDesk(options.clock);
  }

  get apps(): readonly App[] {
    return this.#options.apps;
  }

  /** wx.login on the phone of this user: a code, and, where the key is old enough, a new key. */
  login(appId: string, name: string): string {
    const user = this.#user(appId, name);
    const now = this.#options.clock.now();
    if (now - user.keyBornAt >= this.#options.keyPeriod) {
      user.sessionKey = newSessionKey();
      user.keyBornAt = now;
    }
    const code = randomBytes(24).toString('base64url');
    this.#codes.set(code, { appId, user, sessionKey: user.sessionKey, issuedAt: now, used: false });
    return code;
  }

  /** The tap on the getPhoneNumber button: what its event carries, the number under the key that is current now. */
  tap(appId: string, name: string, overrides: PhoneDocumentOverrides = {}): TapDetail {
    const document = this.#phoneDocument(appId, name, overrides);
    const { openid, sessionKey } = this.#user(appId, name);
    const data = encryptOpenData(sessionKey, document);
    return { ...data, ...this.taps.register(appId, openid, document, data.encryptedData) };
  }

  /** Another document of the same user under the same key: what getUserProfile delivers. */
  userInfo(appId: string, name: string, nickName: string): EncryptedOpenData {
    const { openid, unionid, sessionKey } = this.#user(appId, name);
    const watermark = { timestamp: this.#seconds(), appid: appId };
    return encryptOpenData(sessionKey, { openId: openid, nickName, gender: 0, unionId: unionid, watermark });
  }

  /** The key that Weixin holds for this user now: for tests that play someone who has it. */
  sessionKey(appId: string, name: string): string {
    return this.#user(appId, name).sessionKey;
  }

  /** Weixin replaces this user's key now, as at a wx.login after the period. */
  renewKey(appId: string, name: string): void {
    const user = this.#user(appId, name);
    user.sessionKey = newSessionKey();
    user.keyBornAt = this.#options.clock.now();
  }

  /** Weixin judges this user high-risk from now on. */
  block(appId: string, name: string): void {
    this.#user(appId, name).blocked = true;
  }

  code2Session(appId: string, secret: string, code: string): Code2SessionAnswer {
    const app = this.#options.apps.find((known) => known.appId === appId);
    if (app === undefined) return weixinError(40013, 'invalid appid');
    if (app.secret.reveal() !== secret) return weixinError(40125, 'invalid appsecret');
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
    return { openid: user.openid, unionid: user.unionid, session_key: issued.sessionKey };
  }

  /** The answer of `/wxa/checksession`. */
  checkSessionKey(appId: string, query: SignedQuery): object {
    const user = this.#signer(appId, query);
    return 'errcode' in user ? user : { errcode: 0, errmsg: 'ok' };
  }

  /** The answer of `/wxa/resetusersessionkey`: the old key dies. */
  resetSessionKey(appId: string, query: SignedQuery): object {
    const user = this.#signer(appId, query);
    if ('errcode' in user) return user;
    user.sessionKey = newSessionKey();
    user.keyBornAt = this.#options.clock.now();
    return { errcode: 0, errmsg: 'ok', openid: user.openid, session_key: user.sessionKey };
  }

  /** The user who signed with their current key: HMAC-SHA256 of the empty text, keyed with the key's Base64 text. */
  #signer(appId: string, { openid, signature, sig_method: method }: SignedQuery): WeixinUser | WeixinError {
    const user = openid === undefined ? undefined : this.#byOpenId.get(`${appId}:${openid}`);
    if (user === undefined) return weixinError(40003, 'invalid openid');
    const expected = createHmac('sha256', user.sessionKey).update('').digest('hex');
    return method === 'hmac_sha256' && signature === expected ? user : weixinError(87009, 'invalid signature');
  }

  #phoneDocument(appId: string, name: string, overrides: PhoneDocumentOverrides): object {
    const purePhoneNumber = overrides.purePhoneNumber ?? mainlandNumber(name);
    return {
      phoneNumber: overrides.phoneNumber ?? purePhoneNumber,
      purePhoneNumber,
      countryCode: overrides.countryCode ?? '86',
      watermark: {
        timestamp: overrides.watermark?.timestamp ?? this.#seconds(),
        appid: overrides.watermark?.appid ?? appId,
      },
    };
  }

  #user(appId: string, name: string): WeixinUser {
    const known = this.#users.get(`${appId}:${name}`);
    if (known !== undefined) return known;
    const user = {
      openid: `o${digest('openid', appId, name).slice(0, 27)}`,
      unionid: `u${digest('unionid', name).slice(0, 27)}`,
      sessionKey: newSessionKey(),
      keyBornAt: this.#options.clock.now(),
      blocked: false,
      exchanges: [],
    };
    this.#users.set(`${appId}:${name}`, user);
    this.#byOpenId.set(`${appId}:${user.openid}`, user);
    return user;
  }

  #seconds(): number {
    return Math.floor(this.#options.clock.now() / 1000);
  }
}

function newSessionKey(): string {
  return randomBytes(16).toString('base64');
}

/** A number of mainland China, always the same for a name. */
function mainlandNumber(name: string): string {
  return `135${String(Buffer.from(digest('phone', name), 'base64url').readUInt32BE() % 100_000_000).padStart(8, '0')}`;
}

function digest(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
