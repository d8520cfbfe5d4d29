import { createHash, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Clock, Instant, Milliseconds } from '../domain/clock.js';
import { weixinError, type WeixinError } from './weixin-error.js';

/** A phone code and a cloudID live five minutes. */
const CODE_LIFE: Milliseconds = 300_000;
/** checkencryptedmsg knows the data of three days. */
const DATA_LIFE: Milliseconds = 3 * 86_400_000;
const MAX_REMEMBERED = 10_000;

/** A phone number that Weixin gave out at a tap. */
interface Tap {
  readonly appId: string;
  readonly openid: string;
  readonly document: object;
  readonly at: Instant;
  codeUsed: boolean;
}

/** Taps as Weixin's server knows them: by code, cloudID and hash of the encrypted data. */
export class TapDesk {
  readonly #clock: Clock;
  readonly #byCode = new LRUCache<string, Tap>({ max: MAX_REMEMBERED });
  readonly #byCloudId = new LRUCache<string, Tap>({ max: MAX_REMEMBERED });
  readonly #byDataHash = new LRUCache<string, Tap>({ max: MAX_REMEMBERED });

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Remembers a tap and returns its code and cloudID. */
  register(appId: string, openid: string, document: object, encryptedData: string): { code: string; cloudID: string } {
    const tap = { appId, openid, document, at: this.#clock.now(), codeUsed: false };
    const code = randomBytes(32).toString('hex');
    const cloudID = `29_${randomBytes(48).toString('base64url')}`;
    this.#byCode.set(code, tap);
    this.#byCloudId.set(cloudID, tap);
    this.#byDataHash.set(createHash('sha256').update(encryptedData).digest('hex'), tap);
    return { code, cloudID };
  }

  /** Marks the code of a tap as exchanged by another server. */
  spend(code: string): void {
    const tap = this.#byCode.get(code);
    if (tap !== undefined) tap.codeUsed = true;
  }

  /** The openid of the user whose tap had this code, or data of this hash. */
  ownerOf(code: unknown, dataHash: unknown): string | undefined {
    const byCode = typeof code === 'string' ? this.#byCode.get(code) : undefined;
    return (byCode ?? (typeof dataHash === 'string' ? this.#byDataHash.get(dataHash) : undefined))?.openid;
  }

  /** The answer of `/wxa/business/getuserphonenumber`. A rejected code stays unspent. */
  phoneNumber(appId: string, code: string, openid: string | undefined): object {
    const tap = this.#byCode.get(code);
    if (tap === undefined || tap.appId !== appId || tap.codeUsed || this.#clock.now() >= tap.at + CODE_LIFE) {
      return weixinError(40029, 'invalid code');
    }
    if (openid !== undefined && openid !== tap.openid) return weixinError(40029, 'invalid code');
    tap.codeUsed = true;
    return { errcode: 0, errmsg: 'ok', phone_info: tap.document };
  }

  /** The answer of `/wxa/getopendata`: always errcode 0, with any refusal of the cloudID inside its item. */
  openData(appId: string, openid: string | undefined, cloudId: string | undefined): object {
    if (cloudId === undefined) return weixinError(40097, 'invalid args');
    const tap = this.#byCloudId.get(cloudId);
    if (tap === undefined || tap.appId !== appId) return refusedItem(cloudId, -601005, 'invalid cloudID');
    if (openid !== tap.openid) return refusedItem(cloudId, -601007, 'cloudID mismatch');
    if (this.#clock.now() >= tap.at + CODE_LIFE) return refusedItem(cloudId, -601006, 'cloudID expired.');
    const json = JSON.stringify({ cloudID: cloudId, data: tap.document });
    return { errcode: 0, errmsg: 'ok', data_list: [{ cloud_id: cloudId, json }] };
  }

  /** The answer of `/wxa/business/checkencryptedmsg`, with the member name `vaild`, as in production. */
  checkEncryptedMessage(appId: string, hash: unknown): object | WeixinError {
    if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash)) return weixinError(40097, 'invalid args');
    const tap = this.#byDataHash.get(hash);
    const known = tap !== undefined && tap.appId === appId && this.#clock.now() < tap.at + DATA_LIFE;
    return { errcode: 0, errmsg: 'ok', vaild: known, create_time: known ? Math.floor(tap.at / 1000) : 0 };
  }
}

/** The item of a rejected cloudID, as in Tencent's article on cloud functions. */
export function refusedItem(cloudId: string, errCode: number, errMsg: string): object {
  const json = JSON.stringify({ cloudID: cloudId, errCode, errMsg });
  return { errcode: 0, errmsg: 'ok', data_list: [{ cloud_id: cloudId, json }] };
}
