import type { FailureOf } from '../../domain/failure.js';
import type { JsonObject } from '../../domain/json-object.js';
import type { CodeSpent, QuotaFailure } from '../weixin-api.js';

/**
 * One endpoint of Weixin's server API: how its answers are read. Errcodes in neither `refusals` nor `answers` concern
 * the operator.
 */
export interface Endpoint<T, R> {
  /** Path without the query: safe to log. */
  readonly path: string;
  /** Errcodes about the user's request. */
  readonly refusals: ReadonlyMap<number, R>;
  /** Errcodes that are answers, not failures. */
  readonly answers?: ReadonlyMap<number, T>;
  /** Reads an answer without an errcode, or with errcode 0. */
  parse(body: JsonObject): Reading<T, R>;
  /** The refusal for a call without a usable answer, or for one not made because of a quota. */
  refuse(failure: QuotaFailure, codeSpent: CodeSpent): R;
}

/** A parsed answer: a value, a refusal of the user's input, or unreadable. */
export type Reading<T, R> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'refusal'; readonly refusal: R }
  /** `reason` is for the log: it names the invalid member, never its value. */
  | { readonly kind: 'unreadable'; readonly reason: string };

export function read<const T>(value: T): { readonly kind: 'value'; readonly value: T } {
  return { kind: 'value', value };
}

export function unreadable(reason: string): { readonly kind: 'unreadable'; readonly reason: string } {
  return { kind: 'unreadable', reason };
}

/** Weixin is busy: the only errcode that is retried. */
export const SYSTEM_BUSY = -1;

/** 45011 is a quota per minute. */
const MINUTE_QUOTA_RETRY_SECONDS = 60;
/** 45009 is a quota per day; an hour keeps clients from asking all day long. */
const DAILY_QUOTA_RETRY_SECONDS = 3600;

export const minuteQuota: FailureOf<'RATE_LIMITED'> = {
  code: 'RATE_LIMITED',
  retryAfterSeconds: MINUTE_QUOTA_RETRY_SECONDS,
};

export const dailyQuota: FailureOf<'RATE_LIMITED'> = {
  code: 'RATE_LIMITED',
  retryAfterSeconds: DAILY_QUOTA_RETRY_SECONDS,
};

/** Errcodes of a rejected access token: 40001 and 40014 invalid, 42001 expired. Another token is fetched, once. */
export const TOKEN_REJECTED: ReadonlySet<number> = new Set([40001, 40014, 42001]);
