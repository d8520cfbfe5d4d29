import type { Answer } from './stations.js';
import type { TapDetail, TapDocument } from './simulator.js';
import type { Words } from './step.js';
import type { TextKey } from './texts/en.js';

/** Events that may happen between the tap and its request. */
export interface Stage {
  loginInCallback(): Promise<void>;
  loginOnTablet(): Promise<void>;
  endSession(): Promise<void>;
  makeWeixinBusy(): Promise<void>;
  playFault(name: FaultName): Promise<void>;
  spendCode(detail: TapDetail): Promise<void>;
}

/** Faults of production, by the simulator's names. */
export type FaultName = 'cloud-id-expired' | 'no-permission' | 'phone-quota-spent';

/** The promised part of an answer. */
export type Promised = Pick<Answer, '__typename' | 'code' | 'remedy'>;

export interface Scene {
  /** Also the key of its title. */
  readonly id: TextKey;
  readonly why: TextKey;
  readonly group: 'well' | 'failure';
  /** Members of the event, which depend on the base library and the app type. */
  readonly offers: readonly ('encryptedData' | 'iv' | 'code' | 'cloudID')[];
  /** Overrides of the tapped document; `now` in Unix seconds. */
  readonly document?: (now: number) => TapDocument;
  /** Named number of the simulator that the user has; undefined: a number of mainland China. */
  readonly number?: 'hong-kong';
  /** Note for an event between the tap and the request. */
  readonly happening?: Words & { readonly at: 'miniProgram' | 'gateway' | 'weixin' };
  readonly meanwhile?: (stage: Stage, detail: TapDetail) => Promise<void>;
  readonly altered?: (detail: TapDetail) => TapDetail;
  /** Promised answers to the requests for a number, in their order. */
  readonly promise: readonly Promised[];
}

const SEALED = ['encryptedData', 'iv'] as const;
const NUMBER: Promised = { __typename: 'PhoneNumber' };
const NOT_LOGGED_IN: Promised = {
  __typename: 'InvalidSessionError',
  code: 'NOT_LOGGED_IN',
  remedy: 'LOGIN_AND_RESEND',
};
const KEY_MISMATCH: Promised = { __typename: 'InvalidSessionError', code: 'KEY_MISMATCH', remedy: 'LOGIN_AND_RESEND' };
const APP_ID_MISMATCH: Promised = { __typename: 'InvalidWatermarkError', code: 'APP_ID_MISMATCH', remedy: 'NONE' };
const TOO_OLD: Promised = { __typename: 'InvalidWatermarkError', code: 'TOO_OLD', remedy: 'TAP_AGAIN' };
const UNAVAILABLE: Promised = {
  __typename: 'ServiceUnavailableError',
  code: 'SERVICE_UNAVAILABLE',
  remedy: 'RETRY_LATER',
};
const RATE_LIMITED: Promised = { __typename: 'RateLimitedError', code: 'RATE_LIMITED', remedy: 'RETRY_LATER' };
/** An error outside the unions, which concerns the operator. */
const MASKED: Promised = { __typename: 'GraphQL error', code: 'INTERNAL_SERVER_ERROR', remedy: 'NONE' };
const CODE_INVALID: Promised = { __typename: 'InvalidCodeError', code: 'CODE_INVALID', remedy: 'TAP_AGAIN' };

export const SCENES: readonly Scene[] = [
  { id: 'encryptedData', why: 'encryptedDataWhy', group: 'well', offers: SEALED, promise: [NUMBER] },
  { id: 'code', why: 'codeWhy', group: 'well', offers: ['code'], promise: [NUMBER] },
  { id: 'cloudId', why: 'cloudIdWhy', group: 'well', offers: ['cloudID'], promise: [NUMBER] },
  { id: 'overseas', why: 'overseasWhy', group: 'well', offers: SEALED, number: 'hong-kong', promise: [NUMBER] },
  {
    id: 'callback',
    why: 'callbackWhy',
    group: 'failure',
    offers: SEALED,
    happening: { at: 'miniProgram', text: 'logsInAgain' },
    meanwhile: (stage) => stage.loginInCallback(),
    promise: [NUMBER],
  },
  {
    id: 'device',
    why: 'deviceWhy',
    group: 'failure',
    offers: SEALED,
    happening: { at: 'miniProgram', text: 'logsInElsewhere' },
    meanwhile: (stage) => stage.loginOnTablet(),
    promise: [NUMBER],
  },
  {
    id: 'expired',
    why: 'expiredWhy',
    group: 'failure',
    offers: SEALED,
    happening: { at: 'gateway', text: 'endsSession' },
    meanwhile: (stage) => stage.endSession(),
    promise: [NOT_LOGGED_IN, NUMBER],
  },
  {
    id: 'otherApp',
    why: 'otherAppWhy',
    group: 'failure',
    offers: SEALED,
    document: () => ({ watermark: { appid: 'wx4f4bc4dec97d474b' } }),
    happening: { at: 'weixin', text: 'comesFromElsewhere' },
    promise: [APP_ID_MISMATCH],
  },
  {
    id: 'forged',
    why: 'forgedWhy',
    group: 'failure',
    offers: SEALED,
    happening: { at: 'miniProgram', text: 'flipsBit' },
    altered: (detail) => ({ ...detail, iv: withOneBitFlipped(detail.iv ?? '') }),
    promise: [KEY_MISMATCH, KEY_MISMATCH],
  },
  {
    id: 'busyWeixin',
    why: 'busyWeixinWhy',
    group: 'failure',
    offers: ['code'],
    happening: { at: 'weixin', text: 'makesBusy' },
    meanwhile: (stage) => stage.makeWeixinBusy(),
    promise: [UNAVAILABLE, NUMBER],
  },
  {
    id: 'tooOld',
    why: 'tooOldWhy',
    group: 'failure',
    offers: SEALED,
    document: (now) => ({ watermark: { timestamp: now - 600 } }),
    happening: { at: 'miniProgram', text: 'isOld' },
    promise: [TOO_OLD],
  },
  {
    id: 'spent',
    why: 'spentWhy',
    group: 'failure',
    offers: ['code', ...SEALED],
    happening: { at: 'weixin', text: 'spendsCode' },
    meanwhile: (stage, detail) => stage.spendCode(detail),
    promise: [CODE_INVALID, NUMBER],
  },
  {
    id: 'cloudIdExpired',
    why: 'cloudIdExpiredWhy',
    group: 'failure',
    offers: ['cloudID'],
    happening: { at: 'weixin', text: 'cloudIdExpires' },
    meanwhile: (stage) => stage.playFault('cloud-id-expired'),
    promise: [CODE_INVALID],
  },
  {
    id: 'noPermission',
    why: 'noPermissionWhy',
    group: 'failure',
    offers: ['code'],
    happening: { at: 'weixin', text: 'lacksPermission' },
    meanwhile: (stage) => stage.playFault('no-permission'),
    promise: [MASKED],
  },
  {
    id: 'quotaSpent',
    why: 'quotaSpentWhy',
    group: 'failure',
    offers: ['code'],
    happening: { at: 'weixin', text: 'spendsQuota' },
    meanwhile: (stage) => stage.playFault('phone-quota-spent'),
    promise: [RATE_LIMITED],
  },
];

/** Reduces the event's detail to the members that this scene offers. */
export function offered({ offers }: Scene, detail: TapDetail): TapDetail {
  return { errMsg: detail.errMsg, ...Object.fromEntries(offers.map((name) => [name, detail[name]])) };
}

function withOneBitFlipped(base64: string): string {
  const [first = 0, ...rest] = Array.from(atob(base64), (character) => character.charCodeAt(0));
  return btoa(String.fromCharCode(first ^ 1, ...rest));
}
