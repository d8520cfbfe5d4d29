import { unavailable } from '../domain/failure.js';
import type { Code2SessionRefusal } from './weixin-api.js';

/** Weixin is busy: the one errcode after which a call is repeated. */
export const SYSTEM_BUSY = -1;

/** 45011 is a quota by the minute. */
const MINUTE_QUOTA_RETRY_SECONDS = 60;
/** 45009 is a quota by the day; an hour keeps clients from asking all day long. */
const DAILY_QUOTA_RETRY_SECONDS = 3600;

/**
 * Errcodes that speak of this gateway, not of a user: 40013 appid, 40125 secret, 40243 secret frozen, 40164 address not on
 * the allow list, 41002, 41004 and 41008 a parameter is missing.
 * Source: developers.weixin.qq.com, "Global return codes".
 */
const OURS = new Set([40013, 40125, 40243, 40164, 41002, 41004, 41008]);

export function isOurs(errcode: number): boolean {
  return OURS.has(errcode);
}

/** What the errcodes of code2Session say of the user's code; undefined for one that Weixin's page does not name. */
export function code2SessionRefusal(errcode: number): Code2SessionRefusal | undefined {
  return CODE_2_SESSION.get(errcode);
}

const CODE_2_SESSION: ReadonlyMap<number, Code2SessionRefusal> = new Map<number, Code2SessionRefusal>([
  [SYSTEM_BUSY, { failure: unavailable, codeSpent: 'no' }],
  [40029, { failure: { code: 'CODE_INVALID', origin: 'WX_LOGIN' }, codeSpent: 'yes' }],
  [40163, { failure: { code: 'CODE_ALREADY_USED', origin: 'WX_LOGIN' }, codeSpent: 'yes' }],
  [40226, { failure: { code: 'USER_BLOCKED' }, codeSpent: 'yes' }],
  [45011, { failure: { code: 'RATE_LIMITED', retryAfterSeconds: MINUTE_QUOTA_RETRY_SECONDS }, codeSpent: 'no' }],
  [45009, { failure: { code: 'RATE_LIMITED', retryAfterSeconds: DAILY_QUOTA_RETRY_SECONDS }, codeSpent: 'no' }],
]);
