import type { FailureOf } from '../../domain/failure.js';
import type { CodeSpent, QuotaFailure } from '../weixin-api.js';
import type { JsonObject } from '../weixin-json.js';

/**
 * One endpoint of Weixin's server API: how its answers are read. An errcode that neither `refusals` nor `answers` names is
 * the operator's to mend.
 */
export interface Endpoint<T, R> {
  /** Its path, without a query: safe to log. */
  readonly path: string;
  /** What its errcodes say of the user's request. */
  readonly refusals: ReadonlyMap<number, R>;
  /** Errcodes that are an answer, and no failure. */
  readonly answers?: ReadonlyMap<number, T>;
  /** Reads an answer without an errcode, or with errcode 0. */
  parse(body: JsonObject): Reading<T, R>;
  /** The refusal for a call that got no usable answer, or that was not made for a quota. */
  refuse(failure: QuotaFailure, codeSpent: CodeSpent): R;
}

/** What an answer says: a value, a refusal of what the user sent, or nothing that can be read. */
export type Reading<T, R> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'refusal'; readonly refusal: R }
  /** `reason` is for the log: it names the member at fault, and never what it holds. */
  | { readonly kind: 'unreadable'; readonly reason: string };

export function read<const T>(value: T): { readonly kind: 'value'; readonly value: T } {
  return { kind: 'value', value };
}

export function unreadable(reason: string): { readonly kind: 'unreadable'; readonly reason: string } {
  return { kind: 'unreadable', reason };
}

/** Weixin is busy: the one errcode after which a call is repeated. */
export const SYSTEM_BUSY = -1;

/** 45011 is a quota by the minute. */
const MINUTE_QUOTA_RETRY_SECONDS = 60;
/** 45009 is a quota by the day; an hour keeps clients from asking all day long. */
const DAILY_QUOTA_RETRY_SECONDS = 3600;

export const minuteQuota: FailureOf<'RATE_LIMITED'> = {
  code: 'RATE_LIMITED',
  retryAfterSeconds: MINUTE_QUOTA_RETRY_SECONDS,
};

export const dailyQuota: FailureOf<'RATE_LIMITED'> = {
  code: 'RATE_LIMITED',
  retryAfterSeconds: DAILY_QUOTA_RETRY_SECONDS,
};

/** The access token is no longer good: 40001 and 40014 not a token, 42001 expired. A new one is fetched, once. */
export const TOKEN_REJECTED: ReadonlySet<number> = new Set([40001, 40014, 42001]);
