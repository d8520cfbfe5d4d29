import { randomBytes } from 'node:crypto';
import type { App } from '../../domain/app.js';
import type { Deadline } from '../../domain/deadline.js';
import type { Failure } from '../../domain/failure.js';
import type { Result } from '../../domain/result.js';
import type { HttpWeixinApi } from '../../weixin/http-weixin-api.js';

/** A call of Weixin that does nothing, since what it asks about is made up. */
export interface HarmlessCall {
  /** Name for the report. */
  readonly name: string;
  /** What a good answer shows. */
  readonly shows: string;
  /** Whether it needs an access token. */
  readonly needsToken: boolean;
  /** Whether this answer shows it. */
  readonly isGood: (result: Result<unknown, Failure>) => boolean;
  /** @throws WeixinRefusesUs if Weixin rejects the app, its secret or the gateway's address */
  readonly call: (weixin: HttpWeixinApi, app: App, deadline: Deadline) => Promise<Result<unknown, Failure>>;
}

export const ACCESS_TOKEN: HarmlessCall = {
  name: 'access token',
  shows: 'Weixin issues one',
  needsToken: false,
  isGood: ({ ok }) => ok,
  call: (weixin, app, deadline) => weixin.fetchAccessToken(app, deadline),
};

const isRejectedCode = (result: Result<unknown, Failure>) =>
  !result.ok && (result.failure.code === 'CODE_INVALID' || result.failure.code === 'CODE_ALREADY_USED');

/** checkencryptedmsg, which only VERIFY_ORIGIN=always calls. */
export const CHECK_ENCRYPTED_DATA: HarmlessCall = {
  name: 'checkencryptedmsg',
  shows: 'Weixin answers about a made-up hash',
  needsToken: true,
  isGood: ({ ok }) => ok,
  call: (weixin, { appId }, deadline) => weixin.hasIssued(appId, randomBytes(DATA_BYTES), deadline),
};

/** In the order in which they are made. */
export const HARMLESS_CALLS: readonly HarmlessCall[] = [
  ACCESS_TOKEN,
  {
    name: 'code2Session',
    shows: 'Weixin accepts the appid, the secret and the address of this machine',
    needsToken: false,
    isGood: isRejectedCode,
    call: async (weixin, app, deadline) => refusalOf(await weixin.code2Session(app, madeUpCode(), deadline)),
  },
  {
    name: 'getuserphonenumber',
    shows: 'the permission is there',
    needsToken: true,
    isGood: isRejectedCode,
    call: async (weixin, { appId }, deadline) =>
      refusalOf(await weixin.exchangePhoneCode(appId, madeUpCode(), null, deadline)),
  },
  CHECK_ENCRYPTED_DATA,
];

/** Bytes of the data of a phone number. */
const DATA_BYTES = 160;

/** As long as Weixin's own, and random: nobody else's. */
function madeUpCode(): string {
  return randomBytes(16).toString('hex');
}

function refusalOf<T, F extends Failure>(result: Result<T, { readonly failure: F }>): Result<T, F> {
  return result.ok ? result : { ok: false, failure: result.failure.failure };
}
